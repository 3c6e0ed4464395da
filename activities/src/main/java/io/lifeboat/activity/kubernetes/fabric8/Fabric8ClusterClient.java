package io.lifeboat.activity.kubernetes.fabric8;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.lifeboat.activity.kubernetes.ClusterClient;
import io.lifeboat.workflow.FailureType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A cluster through fabric8. Changes are replaces of the object as it was read, so that the API server compares versions. */
final class Fabric8ClusterClient implements ClusterClient {
    private static final String BEFORE = "lifeboat.io/replicas-before-fence";
    private static final String BY_FENCE = "lifeboat.io/suspended-by-fence";
    private static final int CONFLICT = 409;

    private final KubernetesClient client;
    private final String region;

    Fabric8ClusterClient(KubernetesClient client, String region) {
        this.client = client;
        this.region = region;
    }

    @Override
    public Optional<DeploymentView> deployment(String namespace, String name) {
        return call(
                "read Deployment",
                namespace,
                name,
                () -> Optional.ofNullable(read(namespace, name)).map(this::view));
    }

    @Override
    public DeploymentView change(DeploymentView read, UnaryOperator<DeploymentView> change) {
        DeploymentView wanted = change.apply(read);
        return call("change Deployment", read.namespace(), read.name(), () -> {
            Deployment object = unchanged(read(read.namespace(), read.name()), read.version());
            object.getSpec().setReplicas(wanted.replicas());
            annotate(object, EPOCH, Optional.of(Long.toString(wanted.epoch())));
            annotate(object, BEFORE, wanted.before().map(String::valueOf));
            return view(
                    client.resource(object).lockResourceVersion(read.version()).update());
        });
    }

    @Override
    public Optional<CronJobView> cronJob(String namespace, String name) {
        return call(
                "read CronJob",
                namespace,
                name,
                () -> Optional.ofNullable(client.batch()
                                .v1()
                                .cronjobs()
                                .inNamespace(namespace)
                                .withName(name)
                                .get())
                        .map(Fabric8ClusterClient::view));
    }

    @Override
    public CronJobView changeCronJob(CronJobView read, UnaryOperator<CronJobView> change) {
        CronJobView wanted = change.apply(read);
        return call("change CronJob", read.namespace(), read.name(), () -> {
            CronJob object = unchanged(
                    client.batch()
                            .v1()
                            .cronjobs()
                            .inNamespace(read.namespace())
                            .withName(read.name())
                            .get(),
                    read.version());
            object.getSpec().setSuspend(wanted.suspended());
            annotate(object, EPOCH, Optional.of(Long.toString(wanted.epoch())));
            annotate(object, BY_FENCE, wanted.byFence() ? Optional.of("true") : Optional.empty());
            return view(
                    client.resource(object).lockResourceVersion(read.version()).update());
        });
    }

    @Override
    public List<String> deployments(String namespace) {
        return call(
                "list Deployments of",
                namespace,
                "",
                () -> client.apps().deployments().inNamespace(namespace).list().getItems().stream()
                        .map(d -> d.getMetadata().getName())
                        .toList());
    }

    private @Nullable Deployment read(String namespace, String name) {
        return client.apps().deployments().inNamespace(namespace).withName(name).get();
    }

    private DeploymentView view(Deployment object) {
        boolean seen = object.getStatus() != null
                && (object.getStatus().getObservedGeneration() == null
                        || object.getMetadata().getGeneration() == null
                        || object.getStatus().getObservedGeneration()
                                >= object.getMetadata().getGeneration());
        int ready = seen ? orZero(object.getStatus().getReadyReplicas()) : 0;
        return new DeploymentView(
                object.getMetadata().getNamespace(),
                object.getMetadata().getName(),
                orZero(object.getSpec().getReplicas()),
                ready,
                pods(object),
                epoch(object),
                annotation(object, BEFORE).map(Integer::valueOf),
                object.getMetadata().getResourceVersion());
    }

    private int pods(Deployment object) {
        Map<String, String> selector = object.getSpec().getSelector().getMatchLabels();
        return client.pods()
                .inNamespace(object.getMetadata().getNamespace())
                .withLabels(selector)
                .list()
                .getItems()
                .size();
    }

    private static CronJobView view(CronJob object) {
        int active = object.getStatus() == null || object.getStatus().getActive() == null
                ? 0
                : object.getStatus().getActive().size();
        return new CronJobView(
                object.getMetadata().getNamespace(),
                object.getMetadata().getName(),
                Boolean.TRUE.equals(object.getSpec().getSuspend()),
                active,
                epoch(object),
                annotation(object, BY_FENCE).isPresent(),
                object.getMetadata().getResourceVersion());
    }

    private static <T extends HasMetadata> T unchanged(@Nullable T object, String version) {
        if (object == null || !version.equals(object.getMetadata().getResourceVersion())) {
            throw new KubernetesClientException("changed since it was read", CONFLICT, null);
        }
        return object;
    }

    private static void annotate(HasMetadata object, String key, Optional<String> value) {
        Map<String, String> annotations = new HashMap<>(
                object.getMetadata().getAnnotations() == null
                        ? Map.of()
                        : object.getMetadata().getAnnotations());
        value.ifPresentOrElse(v -> annotations.put(key, v), () -> annotations.remove(key));
        object.getMetadata().setAnnotations(annotations);
    }

    private static long epoch(HasMetadata object) {
        return annotation(object, EPOCH).map(Long::valueOf).orElse(0L);
    }

    private static Optional<String> annotation(HasMetadata object, String key) {
        return Optional.ofNullable(object.getMetadata().getAnnotations()).map(a -> a.get(key));
    }

    private static int orZero(@Nullable Integer number) {
        return number == null ? 0 : number;
    }

    private <T> T call(String verb, String namespace, String name, Supplier<T> call) {
        try {
            return call.get();
        } catch (KubernetesClientException failed) {
            String what = "Cannot " + verb + " \"" + namespace + (name.isEmpty() ? "" : "/" + name) + "\" in " + region;
            if (failed.getCode() == CONFLICT) {
                throw FailureType.CONFLICT.failure(what + ": it changed at the same moment. It is looked at again.");
            }
            throw FailureType.UNAVAILABLE.failure(
                    failed.getCode() <= 0
                            ? what + ": the API server does not answer. Check that it runs and can be reached."
                            : what + ": the API server answered " + failed.getCode()
                                    + ". Check the worker's token and its role.",
                    failed);
        }
    }
}
