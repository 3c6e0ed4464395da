package io.lifeboat.lab.kubernetes;

import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import io.lifeboat.lab.LabException;
import io.lifeboat.lab.LabState;
import io.lifeboat.lab.LabState.Region;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HashMap;
import java.util.logging.Level;
import java.util.logging.Logger;

/** fabric8's server inside this JVM, made strict where a caller would otherwise learn bad habits. */
public final class InProcessApiServer implements ApiServer {

    /** It writes a line for every request; held here, because the logging library forgets levels of unheld loggers. */
    private static final Logger CHATTER = Logger.getLogger("io.fabric8.mockwebserver");

    private final KubernetesAccess access;
    private final KubernetesMockServer server;

    private InProcessApiServer(KubernetesAccess access, KubernetesMockServer server) {
        this.access = access;
        this.server = server;
    }

    /** Starts it on the region's own address and port. */
    @SuppressWarnings("deprecation") // the mapper with which the server itself reads and writes
    public static InProcessApiServer start(LabState lab, Region region) {
        CHATTER.setLevel(Level.WARNING);
        MockWebServer http = new MockWebServer();
        KubernetesMockServer server = new KubernetesMockServer(
                new Context(Serialization.jsonMapper()),
                http,
                new HashMap<>(),
                new StrictDispatcher(http::reset),
                false);
        try {
            server.init(numeric(region.address()), region.kubernetesPort());
        } catch (IllegalStateException e) {
            throw LabException.failed(
                    "Cannot serve the Kubernetes API of " + region.name() + " on " + region.address() + ":"
                            + region.kubernetesPort() + ": " + reason(e) + ". Free that port and try again.",
                    e);
        }
        return new InProcessApiServer(KubernetesAccess.of(lab, region), server);
    }

    @Override
    public KubernetesAccess access() {
        return access;
    }

    @Override
    public boolean hasControllers() {
        return false;
    }

    @Override
    public void close() {
        server.destroy();
    }

    /** An address that already has its own text as host name: the server asks for the name, and DNS must not be asked. */
    private static InetAddress numeric(String address) {
        try {
            return InetAddress.getByAddress(
                    address, InetAddress.getByName(address).getAddress());
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("lab.json holds an address that is none: " + address, e);
        }
    }

    private static String reason(IllegalStateException e) {
        Throwable cause = e;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage());
    }
}
