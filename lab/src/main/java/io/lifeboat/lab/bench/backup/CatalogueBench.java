package io.lifeboat.lab.bench.backup;

import io.lifeboat.activity.backup.BackupChains;
import io.lifeboat.activity.backup.BackupEngines;
import io.lifeboat.activity.backup.BackupId;
import io.lifeboat.activity.backup.DefaultBackupActivities;
import io.lifeboat.activity.database.Databases;
import io.lifeboat.activity.manifest.EnvelopeSeal;
import io.lifeboat.activity.manifest.Manifest;
import io.lifeboat.activity.manifest.ManifestSeal;
import io.lifeboat.activity.manifest.Sums;
import io.lifeboat.activity.site.Settings;
import io.lifeboat.activity.storage.ObjectStore;
import io.lifeboat.lab.bench.backup.Meter.Cost;
import io.lifeboat.lab.objectstore.Buckets;
import io.lifeboat.runbook.BackupPolicy;
import io.lifeboat.runbook.BucketPlace;
import io.lifeboat.runbook.Datastore;
import io.lifeboat.runbook.Keep;
import io.lifeboat.workflow.WireFormat;
import io.lifeboat.workflow.backup.BackupActivities.Listing;
import io.lifeboat.workflow.backup.BackupListing;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;

/** Lists thousands of backups, each of three objects in two buckets, as the activity behind {@code lifeboat backups list} does. */
public final class CatalogueBench {
    private static final String COPIES = "bench-copies";
    private static final String SERVICE = "bench";
    private static final String POLICY = "hourly";
    private static final int WRITERS = 8;
    private static final int LOOKS = 7;
    /** What the command asks for unless it is told otherwise. */
    private static final int COMMAND = 20;

    private static final Instant FIRST = Instant.parse("2025-01-01T00:00:00Z");
    private static final BackupPolicy HOURLY = new BackupPolicy(
            POLICY,
            BackupPolicy.Method.LOGICAL,
            Duration.ofHours(1),
            "critical",
            new BucketPlace(BenchStore.REGION, BenchStore.BUCKET),
            List.of(new BucketPlace(BenchStore.REGION, COPIES)),
            new Keep(0, 3, 0, 0, 0),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    private static final Datastore DATASTORE =
            new Datastore("bench-db", Datastore.Kind.POSTGRESQL, List.of(), Duration.ofSeconds(60), List.of(HOURLY));

    private CatalogueBench() {}

    /** @param arguments {@code FOLDER BACKUPS} */
    public static void main(String[] arguments) throws IOException {
        int count = Integer.parseInt(arguments[1]);
        try (BenchStore store = new BenchStore(Path.of(arguments[0]))) {
            Buckets.create(BenchStore.REGION, store.endpoint(), BenchStore.KEYS, List.of(COPIES));
            BenchKeys keys = new BenchKeys();
            fill(store, keys.seal(), count);
            DefaultBackupActivities activities = activities(store, keys);
            Meter meter = new Meter(store.pid());
            for (int limit : List.of(COMMAND, count)) {
                Listing request = new Listing(SERVICE, List.of(DATASTORE), limit);
                for (int look = 1; look <= LOOKS; look++) {
                    AtomicReference<BackupListing> seen = new AtomicReference<>();
                    Cost cost = meter.measure(store.pid(), true, () -> seen.set(activities.list(request)));
                    print(look, cost, seen.get(), count);
                }
            }
        }
    }

    private static void print(int look, Cost cost, BackupListing listing, int count) throws IOException {
        BackupListing.Series series = listing.series().getFirst();
        if (series.count() != count || series.backups().getFirst().regions().size() != 2) {
            throw new IOException("the listing has " + series.count() + " backups instead of " + count);
        }
        System.out.printf(
                Locale.ROOT,
                "look %d: %d backups in two places in %.2f s, CPU: %.2f s of ours and %.2f s of the store's;"
                        + " %d rows, %d kB of JSON%n",
                look,
                series.count(),
                cost.seconds(),
                cost.cpuSeconds(),
                cost.storeCpuSeconds(),
                series.backups().size(),
                WireFormat.mapper().writeValueAsBytes(listing).length / 1000);
    }

    private static void fill(BenchStore store, ManifestSeal seal, int count) {
        ObjectStore objects = store.small();
        byte[] part = new byte[1000];
        try (ExecutorService writers = Executors.newFixedThreadPool(WRITERS)) {
            for (int i = 0; i < count; i++) {
                String id = new BackupId(FIRST.plus(Duration.ofHours(i)), POLICY).toString();
                writers.execute(() -> {
                    byte[] envelope = seal.seal(manifest(id));
                    for (String bucket : List.of(BenchStore.BUCKET, COPIES)) {
                        String folder = SERVICE + "/" + DATASTORE.name() + "/" + id + "/";
                        objects.put(bucket, folder + "database.dump.zst.age", part);
                        objects.put(bucket, folder + "roles.sql.zst.age", part);
                        objects.put(bucket, folder + "manifest.json", envelope);
                    }
                });
            }
        }
    }

    private static Manifest manifest(String id) {
        String sum = "0".repeat(64);
        return new Manifest(
                Manifest.SCHEMA_VERSION,
                SERVICE,
                DATASTORE.name(),
                id,
                "logical",
                FIRST,
                FIRST,
                Map.of("timeline", "1"),
                Map.of("pg_dump", "pg_dump (PostgreSQL) 18.6"),
                "age",
                List.of("escrow"),
                List.of(new Manifest.Part(
                        "database.dump", "pg_dump custom format", new Sums(1000, sum, 1000, sum, List.of()))),
                List.of(),
                Optional.empty(),
                FIRST);
    }

    private static DefaultBackupActivities activities(BenchStore store, BenchKeys keys) {
        BackupChains chains = new BackupChains(
                region -> store.objects(), dataClass -> keys.encryption(), CatalogueBench::none, Clock.systemUTC());
        return new DefaultBackupActivities(
                chains,
                new BackupEngines(Map.of()),
                new Databases(Settings.ofProcess(), Map.of()),
                moved -> {},
                Clock.systemUTC());
    }

    private static EnvelopeSeal none() {
        throw new IllegalStateException("a listing signs nothing");
    }
}
