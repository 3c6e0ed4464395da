package io.lifeboat.activity.encryption.kms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.lifeboat.activity.site.Settings;
import io.lifeboat.runbook.Setting;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.services.kms.KmsClient;

/** The KMS of a region, as moto has it, on an address of its own: it can hang and it can be lost. */
public final class MotoKms implements AutoCloseable {
    private static final Duration START_TIMEOUT = Duration.ofSeconds(60);

    private final String region;
    private final InetSocketAddress address;
    private final Path log;
    private final Process server;

    /** Begins to start; {@link #await} says when it has. */
    public MotoKms(Path folder, String region, String host) throws IOException {
        this.region = region;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getByName(host))) {
            address = new InetSocketAddress(host, free.getLocalPort());
        }
        log = folder.resolve("moto-" + region + ".log");
        server = python("-m", "moto.server", "-H", host, "-p", Integer.toString(address.getPort()))
                .redirectOutput(log.toFile())
                .start();
    }

    /** Skips the tests where there is no moto. */
    public static void assumeInstalled() throws InterruptedException {
        assumeThat(isInstalled())
                .as(
                        "moto is not installed (pip install 'moto[server]'), so nothing was sealed under a key of a real KMS API")
                .isTrue();
    }

    private static boolean isInstalled() throws InterruptedException {
        try {
            Process probe = python("-c", "import moto.server, moto.kms")
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return probe.waitFor(START_TIMEOUT.toSeconds(), TimeUnit.SECONDS) && probe.exitValue() == 0;
        } catch (IOException noPython) {
            return false;
        }
    }

    private static ProcessBuilder python(String... arguments) {
        ProcessBuilder python = new ProcessBuilder("python3").redirectErrorStream(true);
        python.command().addAll(List.of(arguments));
        return python;
    }

    public MotoKms await() throws IOException, InterruptedException {
        long deadline = System.nanoTime() + START_TIMEOUT.toNanos();
        while (!accepts()) {
            assertThat(server.isAlive() && System.nanoTime() < deadline)
                    .as("moto starts:%n%s", Files.readString(log))
                    .isTrue();
            server.waitFor(50, TimeUnit.MILLISECONDS);
        }
        return this;
    }

    private boolean accepts() {
        try (Socket socket = new Socket()) {
            socket.connect(address, 1_000);
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    public URI endpoint() {
        return URI.create("http://" + address.getHostString() + ":" + address.getPort());
    }

    public KmsKey createKey() {
        try (KmsClients clients = clients(this)) {
            return new KmsKey(clients.in(region).createKey().keyMetadata().arn());
        }
    }

    void rotate(KmsKey key) {
        try (KmsClients clients = clients(this)) {
            KmsClient client = clients.in(region);
            client.rotateKeyOnDemand(call -> call.keyId(key.arn()));
        }
    }

    /** Clients of these regions, with credentials that moto does not look at. */
    public static KmsClients clients(MotoKms... regions) {
        Setting any = new Setting("any");
        Map<String, KmsAccess> accesses = new HashMap<>();
        for (MotoKms kms : regions) {
            accesses.put(kms.region, new KmsAccess(Optional.of(kms.endpoint()), Optional.of(any), Optional.of(any)));
        }
        return new KmsClients(accesses, new Settings(name -> null));
    }

    /** Takes connections and answers nothing, until it goes on. */
    public void hang() throws IOException, InterruptedException {
        signal("STOP");
    }

    public void goOn() throws IOException, InterruptedException {
        signal("CONT");
    }

    private void signal(String name) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("kill", "-" + name, Long.toString(server.pid()))
                        .start()
                        .waitFor())
                .isZero();
    }

    /** Lost together with every key it had. */
    @Override
    public void close() {
        server.destroyForcibly().onExit().orTimeout(10, TimeUnit.SECONDS).join();
    }
}
