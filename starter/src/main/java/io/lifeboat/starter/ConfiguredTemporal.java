package io.lifeboat.starter;

import io.grpc.StatusRuntimeException;
import io.lifeboat.workflow.WireFormat;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.envconfig.ClientConfigProfile;
import io.temporal.envconfig.LoadClientConfigProfileOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Configured as the {@code temporal} command is: {@code TEMPORAL_ADDRESS} and its relatives, or a profile file. */
final class ConfiguredTemporal implements Temporal {
    private static final Duration REACH = Duration.ofSeconds(2);
    private static final Duration CONNECT = Duration.ofSeconds(3);
    private static final Duration CALL = Duration.ofSeconds(10);
    private static final Duration QUERY = Duration.ofSeconds(3);

    private final Map<String, String> environment;
    private @Nullable ClientConfigProfile profile;
    private @Nullable WorkflowServiceStubs stubs;
    private @Nullable WorkflowClient client;

    ConfiguredTemporal() {
        this(System.getenv());
    }

    ConfiguredTemporal(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    @Override
    public WorkflowClient client() {
        WorkflowClient known = client;
        if (known == null) {
            known = connect();
            client = known;
        }
        return known;
    }

    private WorkflowClient connect() {
        reach(address());
        WorkflowServiceStubs connecting = WorkflowServiceStubs.newServiceStubs(
                WorkflowServiceStubsOptions.newBuilder(profile().toWorkflowServiceStubsOptions())
                        .setRpcTimeout(CALL)
                        .setRpcQueryTimeout(QUERY)
                        .setSystemInfoTimeout(CONNECT)
                        .build());
        stubs = connecting;
        try {
            connecting.connect(CONNECT);
        } catch (StatusRuntimeException e) {
            throw unreachable(e.getStatus().getCode().name());
        } catch (RuntimeException e) {
            throw unreachable(e.getClass().getSimpleName());
        }
        return WorkflowClient.newInstance(
                connecting,
                WorkflowClientOptions.newBuilder(profile().toWorkflowClientOptions())
                        .setDataConverter(WireFormat.dataConverter())
                        .build());
    }

    /** A refused connection is known at once; gRPC alone would try again until its time is up. */
    private void reach(String address) {
        int colon = address.lastIndexOf(':');
        if (colon < 1 || address.contains("/")) {
            return;
        }
        try (Socket socket = new Socket()) {
            String host = address.substring(0, colon).replace("[", "").replace("]", "");
            int port = Integer.parseInt(address.substring(colon + 1));
            socket.connect(new InetSocketAddress(host, port), (int) REACH.toMillis());
        } catch (IOException | IllegalArgumentException e) {
            throw unreachable(e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage());
        }
    }

    private CommandException unreachable(String seen) {
        return new CommandException(
                ExitCode.PRECONDITION,
                "Cannot reach Temporal at " + address() + ": " + seen
                        + ". Start it, or say where it is with TEMPORAL_ADDRESS or a profile (TEMPORAL_PROFILE).");
    }

    private ClientConfigProfile profile() {
        ClientConfigProfile known = profile;
        if (known != null) {
            return known;
        }
        try {
            known = ClientConfigProfile.load(LoadClientConfigProfileOptions.newBuilder()
                    .setEnvOverrides(environment)
                    .build());
            profile = known;
            return known;
        } catch (IOException | RuntimeException e) {
            throw new CommandException(
                    ExitCode.PRECONDITION,
                    "Cannot read the Temporal connection settings: " + e.getMessage()
                            + ". Correct the profile file, or the TEMPORAL_ variables.");
        }
    }

    @Override
    public String address() {
        String configured = profile().getAddress();
        return configured == null || configured.isBlank() ? "127.0.0.1:7233" : configured;
    }

    @Override
    public void close() {
        if (stubs != null) {
            stubs.shutdownNow();
        }
    }
}
