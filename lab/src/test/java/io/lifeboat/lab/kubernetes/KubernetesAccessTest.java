package io.lifeboat.lab.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.lifeboat.lab.LabState;
import java.util.List;
import org.junit.jupiter.api.Test;

class KubernetesAccessTest {

    private static final LabState.Region REGION = new LabState.Region("us-east-1", true, "127.7.1.1", 0, 0, 6443, 8080);

    @Test
    void needsNeitherTokenNorCertificateForTheServerOfTheLab() {
        assertThat(KubernetesAccess.of(lab(LabState.Kubernetes.IN_PROCESS), REGION))
                .isEqualTo(new KubernetesAccess("http://127.7.1.1:6443", "", ""));
    }

    @Test
    void refersToTokenAndCertificateOfAControlPlane() {
        assertThat(KubernetesAccess.of(lab(LabState.Kubernetes.CONTROL_PLANE), REGION))
                .isEqualTo(new KubernetesAccess(
                        "https://127.7.1.1:6443",
                        "file:/labs/x/us-east-1/kubernetes/token",
                        "/labs/x/us-east-1/kubernetes/certificates/apiserver.crt"));
    }

    private static LabState lab(LabState.Kubernetes kind) {
        return new LabState(
                "x",
                "/labs/x",
                kind,
                new LabState.Outside("127.7.0.1", 0, 0, 0, 0),
                List.of(REGION),
                new LabState.Temporal("", "", ""),
                new LabState.Credentials("", "", "", ""));
    }
}
