package io.lifeboat.lab.region;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.dsl.RollableScalableResource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.lifeboat.lab.LabState;
import io.lifeboat.lab.kubernetes.OrdersObjects;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What Lifeboat and the lab rely on, whatever answers the Kubernetes API. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ApiServerContract {

    private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);

    private final LabState.Kubernetes kind;
    RegionRig rig;

    ApiServerContract(LabState.Kubernetes kind) {
        this.kind = kind;
    }

    @BeforeAll
    void startRegion(@TempDir Path folder) throws IOException {
        rig = new RegionRig(folder, kind);
    }

    @AfterAll
    void stopRegion() {
        if (rig != null) {
            rig.close();
        }
    }

    @BeforeEach
    void restBothDeployments() {
        scale(OrdersObjects.API, 0);
        scale(OrdersObjects.FULFILMENT, 0);
        RegionRig.await("both at rest", () -> isAtRest(OrdersObjects.API) && isAtRest(OrdersObjects.FULFILMENT));
    }

    @Test
    void refusesToReplaceAnObjectThatHasChangedSince() {
        Deployment old = deployment(OrdersObjects.API).get();
        deployment(OrdersObjects.API).patch(MERGE, "{\"metadata\":{\"annotations\":{\"seen\":\"yes\"}}}");

        assertThatExceptionOfType(KubernetesClientException.class)
                .isThrownBy(() -> rig.client.resource(old).update())
                .satisfies(e -> assertThat(e.getCode()).isEqualTo(409));
    }

    @Test
    void refusesAMergePatchOfAnOldVersion() {
        String old = deployment(OrdersObjects.API).get().getMetadata().getResourceVersion();
        deployment(OrdersObjects.API).patch(MERGE, "{\"metadata\":{\"annotations\":{\"turn\":\"first\"}}}");

        assertThatExceptionOfType(KubernetesClientException.class)
                .isThrownBy(() -> deployment(OrdersObjects.API)
                        .patch(MERGE, "{\"metadata\":{\"resourceVersion\":\"" + old + "\"},\"spec\":{\"replicas\":7}}"))
                .satisfies(e -> assertThat(e.getCode()).isEqualTo(409));
        assertThat(deployment(OrdersObjects.API).get().getSpec().getReplicas()).isZero();
    }

    @Test
    void changesNothingButWhatAMergePatchNames() {
        Deployment before = deployment(OrdersObjects.FULFILMENT).get();

        Deployment after = deployment(OrdersObjects.FULFILMENT).patch(MERGE, "{\"spec\":{\"replicas\":2}}");

        assertThat(after.getSpec())
                .isEqualTo(new DeploymentBuilder(before)
                        .editSpec()
                        .withReplicas(2)
                        .endSpec()
                        .build()
                        .getSpec());
        assertThat(after.getMetadata().getGeneration())
                .isGreaterThan(before.getMetadata().getGeneration());
    }

    @Test
    void removesWhatAMergePatchSetsToNull() {
        deployment(OrdersObjects.API).patch(MERGE, "{\"metadata\":{\"annotations\":{\"a\":\"1\",\"b\":\"2\"}}}");

        deployment(OrdersObjects.API).patch(MERGE, "{\"metadata\":{\"annotations\":{\"a\":null}}}");

        assertThat(deployment(OrdersObjects.API).get().getMetadata().getAnnotations())
                .containsEntry("b", "2")
                .doesNotContainKey("a");
    }

    @Test
    void refusesAJsonPatchWhoseTestFails() {
        assertThatExceptionOfType(KubernetesClientException.class)
                .isThrownBy(() -> deployment(OrdersObjects.API).patch(PatchContext.of(PatchType.JSON), """
                                [{"op":"test","path":"/spec/replicas","value":9},
                                 {"op":"replace","path":"/spec/replicas","value":1}]"""))
                .satisfies(e -> assertThat(e.getCode()).isEqualTo(422));
        assertThat(deployment(OrdersObjects.API).get().getSpec().getReplicas()).isZero();
    }

    @Test
    void suspendsAndResumesACronJob() {
        var invoices = rig.client
                .batch()
                .v1()
                .cronjobs()
                .inNamespace(OrdersObjects.NAMESPACE)
                .withName(OrdersObjects.INVOICES);
        assertThat(invoices.get().getSpec().getSuspend()).isFalse();

        invoices.patch(MERGE, "{\"spec\":{\"suspend\":true}}");
        assertThat(invoices.get().getSpec().getSuspend()).isTrue();

        invoices.patch(MERGE, "{\"spec\":{\"suspend\":false}}");
        assertThat(invoices.get().getSpec().getSuspend()).isFalse();
    }

    @Test
    void tellsAWatcherAboutNewReplicas() {
        List<Integer> seen = new CopyOnWriteArrayList<>();

        Watch watch = deployment(OrdersObjects.FULFILMENT).watch(new ReplicaWatcher(seen));
        scale(OrdersObjects.FULFILMENT, 2);

        RegionRig.await("the watcher sees 2 replicas", () -> seen.contains(2));
        watch.close();
    }

    @Test
    void keepsTheStatusOfAReplacedObject() {
        scale(OrdersObjects.FULFILMENT, 2);
        awaitReady(OrdersObjects.FULFILMENT, 2);

        deployment(OrdersObjects.FULFILMENT)
                .edit(found -> new DeploymentBuilder(found)
                        .withStatus(new DeploymentStatus())
                        .build());

        assertThat(deployment(OrdersObjects.FULFILMENT).get().getStatus().getReplicas())
                .isEqualTo(2);
    }

    @Test
    void scalesThroughTheScaleResource() {
        deployment(OrdersObjects.FULFILMENT).scale(2);

        awaitReady(OrdersObjects.FULFILMENT, 2);
        assertThat(deployment(OrdersObjects.FULFILMENT).scale().getSpec().getReplicas())
                .isEqualTo(2);
        assertThat(deployment(OrdersObjects.FULFILMENT).get().getKind()).isEqualTo("Deployment");
    }

    @Test
    void runsTheProcessAndReadyPodsWhileThereAreReplicas() {
        scale(OrdersObjects.API, 3);

        awaitReady(OrdersObjects.API, 3);
        assertThat(pods(OrdersObjects.API)).hasSize(3).allSatisfy(pod -> {
            assertThat(pod.getStatus().getPhase()).isEqualTo("Running");
            assertThat(pod.getMetadata().getOwnerReferences()).hasSize(1);
        });
        RegionRig.await(
                "its process runs", () -> rig.processesOf(OrdersObjects.API).size() == 1);
    }

    @Test
    void leavesNeitherPodsNorAProcessAtZeroReplicas() {
        scale(OrdersObjects.API, 3);
        awaitReady(OrdersObjects.API, 3);
        RegionRig.await(
                "its process runs", () -> rig.processesOf(OrdersObjects.API).size() == 1);

        scale(OrdersObjects.API, 0);

        RegionRig.await("nothing is left", () -> isAtRest(OrdersObjects.API));
        assertThat(deployment(OrdersObjects.API).get().getStatus().getReadyReplicas())
                .isIn(null, 0);
    }

    @Test
    void endsWhatADeletedDeploymentRan() {
        Deployment saved = deployment(OrdersObjects.FULFILMENT).get();
        scale(OrdersObjects.FULFILMENT, 2);
        awaitReady(OrdersObjects.FULFILMENT, 2);

        deployment(OrdersObjects.FULFILMENT).delete();

        RegionRig.await(
                "nothing is left",
                () -> pods(OrdersObjects.FULFILMENT).isEmpty()
                        && rig.processesOf(OrdersObjects.FULFILMENT).isEmpty());
        RegionRig.await("it is gone", () -> deployment(OrdersObjects.FULFILMENT).get() == null);
        rig.client
                .resource(new DeploymentBuilder(saved)
                        .editMetadata()
                        .withResourceVersion(null)
                        .withUid(null)
                        .endMetadata()
                        .build())
                .create();
    }

    private boolean isAtRest(String name) {
        Integer replicas = deployment(name).get().getStatus().getReplicas();
        return (replicas == null || replicas == 0)
                && pods(name).isEmpty()
                && rig.processesOf(name).isEmpty();
    }

    private void awaitReady(String name, int replicas) {
        RegionRig.await(name + " has " + replicas + " ready replicas", () -> {
            Deployment found = deployment(name).get();
            return Integer.valueOf(replicas).equals(found.getStatus().getReadyReplicas())
                    && found.getMetadata()
                            .getGeneration()
                            .equals(found.getStatus().getObservedGeneration());
        });
    }

    private void scale(String name, int replicas) {
        deployment(name).patch(MERGE, "{\"spec\":{\"replicas\":" + replicas + "}}");
    }

    private RollableScalableResource<Deployment> deployment(String name) {
        return rig.client
                .apps()
                .deployments()
                .inNamespace(OrdersObjects.NAMESPACE)
                .withName(name);
    }

    private List<Pod> pods(String name) {
        return rig.client
                .pods()
                .inNamespace(OrdersObjects.NAMESPACE)
                .withLabel("app", name)
                .list()
                .getItems();
    }

    private record ReplicaWatcher(List<Integer> seen) implements Watcher<Deployment> {

        @Override
        public void eventReceived(Action action, Deployment deployment) {
            seen.add(deployment.getSpec().getReplicas());
        }

        @Override
        public void onClose(WatcherException cause) {
            throw new AssertionError(cause);
        }
    }
}
