package io.lifeboat.lab.fault;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.lifeboat.lab.Lab;
import io.lifeboat.lab.LabState.Region;
import io.lifeboat.lab.kubernetes.KubernetesAccess;
import io.lifeboat.lab.kubernetes.OrdersObjects;
import io.lifeboat.lab.objectstore.Buckets;
import io.lifeboat.lab.process.LabProcess;
import io.lifeboat.lab.process.LabProcesses;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Reads {@link Footprint}s from the systems themselves, not from what Lifeboat says of them. */
final class FootprintReader {
    private static final String PLACE = "orders/orders-db/";
    private static final String EPOCH = "lifeboat.io/epoch";

    private final Lab lab;
    private final TemporalRuns temporal;
    private final OrdersDatabase database;

    FootprintReader(Lab lab, TemporalRuns temporal, OrdersDatabase database) {
        this.lab = lab;
        this.temporal = temporal;
        this.database = database;
    }

    Footprint read() throws IOException {
        SortedMap<String, SortedSet<String>> objects = new TreeMap<>();
        SortedMap<String, Long> counts = new TreeMap<>();
        SortedMap<String, String> standing = new TreeMap<>();
        for (Region region : lab.state().regions()) {
            backups(region, objects, standing);
            workloads(region, counts, standing);
        }
        counts.put("reports on the worker", (long) reports());
        counts.put(
                "databases set aside",
                Long.parseLong(database.ask("select count(*) from pg_database"
                        + " where datname like 'orders%' and datname <> 'orders' and not datallowconn")));
        standing.put(
                "open databases",
                database.ask(
                        "select string_agg(datname, ' ' order by datname) from pg_database" + " where datallowconn"));
        standing.put(
                "slots",
                database.ask("select string_agg(slot_name, ' ' order by slot_name)" + " from pg_replication_slots"));
        standing.put("roles", database.ask("select string_agg(rolname, ' ' order by rolname) from pg_roles"));
        standing.put("schedules paused", temporal.paused().toString());
        standing.put(
                "isolated",
                left(lab.folder().place(standby()).resolve("isolated")).toString());
        standing.put("programs of dead workers", programs().toString());
        return new Footprint(objects, counts, standing);
    }

    /** Uploads that were begun and never completed, in both regions. */
    List<String> uploads() {
        return lab.state().regions().stream()
                .flatMap(region -> {
                    try (S3Client store = store(region)) {
                        return store
                                .listMultipartUploads(
                                        b -> b.bucket(Buckets.BACKUPS).prefix(PLACE))
                                .uploads()
                                .stream()
                                .map(upload -> region.name() + " " + upload.key());
                    }
                })
                .toList();
    }

    private void backups(
            Region region, SortedMap<String, SortedSet<String>> objects, SortedMap<String, String> standing) {
        SortedMap<String, Boolean> committed = new TreeMap<>();
        try (S3Client store = store(region)) {
            for (S3Object object : store.listObjectsV2Paginator(
                            b -> b.bucket(Buckets.BACKUPS).prefix(PLACE))
                    .contents()) {
                String[] path = object.key().substring(PLACE.length()).split("/", 2);
                boolean manifest = path[1].equals("manifest.json");
                committed.merge(path[0], manifest, Boolean::logicalOr);
                String kind = manifest ? "backups" : path[1].startsWith("proven-") ? "proofs" : "parts";
                objects.computeIfAbsent(
                                kind + " of " + path[0].substring(path[0].indexOf('-') + 1) + " in " + region.name(),
                                what -> new TreeSet<>())
                        .add(object.key());
            }
            if (!region.primary()) {
                SortedSet<String> reports = new TreeSet<>();
                store.listObjectsV2Paginator(b -> b.bucket(Buckets.LEDGER).prefix("reports/"))
                        .contents()
                        .forEach(object -> reports.add(object.key()));
                objects.put("files of reports in the ledger", reports);
            }
        }
        standing.put(
                "half-written in " + region.name(),
                committed.entrySet().stream()
                        .filter(folder -> !folder.getValue())
                        .map(folder -> folder.getKey())
                        .toList()
                        .toString());
    }

    private S3Client store(Region region) {
        URI endpoint = URI.create("http://%s:%d".formatted(region.address(), region.objectStorePort()));
        return Buckets.client(region.name(), endpoint, lab.state().credentials());
    }

    private void workloads(Region region, SortedMap<String, Long> counts, SortedMap<String, String> standing) {
        try (KubernetesClient cluster = KubernetesAccess.of(lab.state(), region).client()) {
            for (String name : List.of(OrdersObjects.API, OrdersObjects.FULFILMENT)) {
                Deployment deployment = cluster.apps()
                        .deployments()
                        .inNamespace(OrdersObjects.NAMESPACE)
                        .withName(name)
                        .get();
                workload(
                        name + " in " + region.name(),
                        deployment,
                        deployment.getSpec().getReplicas() + " replicas",
                        counts,
                        standing);
            }
            CronJob invoices = cluster.batch()
                    .v1()
                    .cronjobs()
                    .inNamespace(OrdersObjects.NAMESPACE)
                    .withName(OrdersObjects.INVOICES)
                    .get();
            workload(
                    OrdersObjects.INVOICES + " in " + region.name(),
                    invoices,
                    "suspended " + invoices.getSpec().getSuspend(),
                    counts,
                    standing);
        }
    }

    /** The epoch that it bears counts the runs that have changed it. */
    private static void workload(
            String name,
            HasMetadata object,
            String state,
            SortedMap<String, Long> counts,
            SortedMap<String, String> standing) {
        SortedMap<String, String> annotations =
                new TreeMap<>(object.getMetadata().getAnnotations());
        counts.put("epoch of " + name, Long.parseLong(annotations.getOrDefault(EPOCH, "0")));
        annotations.remove(EPOCH);
        standing.put(name, state + " " + annotations);
    }

    private int reports() throws IOException {
        try (Stream<Path> files = Files.walk(lab.folder().reports())) {
            return (int) files.filter(Files::isRegularFile).count();
        }
    }

    /** Neither files nor processes. */
    private static List<String> left(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return Stream.concat(
                            files.map(Path::toString),
                            LabProcesses.in(folder).list().stream().map(LabProcess::toString))
                    .toList();
        }
    }

    /** What the worker has started and what goes on without it. */
    private List<String> programs() {
        Path worker = lab.folder().place(standby()).resolve("worker");
        return LabProcesses.in(worker).list().stream()
                .map(LabProcess::command)
                .filter(command -> !command.equals("java"))
                .toList();
    }

    private String standby() {
        return lab.state().standby().name();
    }
}
