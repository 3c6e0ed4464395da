package io.lifeboat.starter;

import io.lifeboat.lab.process.LabProcesses;
import io.lifeboat.lab.process.Launcher;
import io.lifeboat.lab.temporal.LabTemporal;
import io.lifeboat.lab.tool.Tool;
import io.lifeboat.lab.tool.ToolCache;
import io.lifeboat.workflow.WireFormat;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;

/** A real Temporal server of one test class, to which no worker listens. */
final class TestTemporal implements AutoCloseable {
    private final Path folder;
    private final WorkflowServiceStubs stubs;
    private final WorkflowClient client;

    private TestTemporal(Path folder, int port) {
        this.folder = folder;
        stubs = WorkflowServiceStubs.newServiceStubs(WorkflowServiceStubsOptions.newBuilder()
                .setTarget(LabTemporal.ADDRESS + ":" + port)
                .build());
        client = WorkflowClient.newInstance(
                stubs,
                WorkflowClientOptions.newBuilder()
                        .setDataConverter(WireFormat.dataConverter())
                        .build());
    }

    static TestTemporal start(Path folder) throws IOException {
        int port = freePort();
        LabTemporal.start(
                ToolCache.ofUser(line -> {}).resolve(Tool.TEMPORAL),
                new Launcher(folder),
                Files.createDirectories(folder.resolve("orchestrator/temporal")),
                folder.resolve("temporal.log"),
                port,
                freePort());
        return new TestTemporal(folder, port);
    }

    WorkflowServiceStubs stubs() {
        return stubs;
    }

    WorkflowClient client() {
        return client;
    }

    @Override
    public void close() {
        stubs.shutdownNow();
        LabProcesses.in(folder).killAll();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
