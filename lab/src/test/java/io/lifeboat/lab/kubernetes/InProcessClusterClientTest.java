package io.lifeboat.lab.kubernetes;

import io.lifeboat.lab.LabState;
import io.lifeboat.lab.process.Ports;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class InProcessClusterClientTest extends ServedClusterContract {
    private static final String ADDRESS = "127.35.1.1";

    private static InProcessApiServer server;

    @BeforeAll
    static void startServer() {
        LabState.Region region;
        try (Ports ports = new Ports()) {
            region = new LabState.Region("us-east-1", true, ADDRESS, 0, 0, ports.preferred(18_443, ADDRESS), 0);
        }
        LabState lab = new LabState(
                "contract",
                "/nowhere",
                LabState.Kubernetes.IN_PROCESS,
                new LabState.Outside("127.35.0.1", 0, 0, 0, 0),
                List.of(region),
                new LabState.Temporal("127.0.0.1:7233", "", "default"),
                new LabState.Credentials("", "", "", ""));
        server = InProcessApiServer.start(lab, region);
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @Override
    protected KubernetesAccess access() {
        return server.access();
    }
}
