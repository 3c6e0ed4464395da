package io.lifeboat.lab.objectstore;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.lifeboat.lab.LabException;
import io.lifeboat.lab.LabState.Credentials;
import io.lifeboat.lab.LabState.Region;
import io.lifeboat.lab.process.Launch;
import io.lifeboat.lab.process.Launcher;
import io.lifeboat.lab.process.Ports;
import io.lifeboat.lab.process.Probe;
import io.lifeboat.lab.process.StartedProcess;
import io.lifeboat.lab.tool.InstalledTool;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** SeaweedFS with its S3 gateway: one process that takes nine neighbouring ports. */
public final class LabObjectStore {

    private static final Duration START = Duration.ofSeconds(60);

    /** The order of the ports within the block; S3's own is what the lab publishes. */
    private static final List<String> PORTS = List.of(
            "master.port",
            "master.port.grpc",
            "volume.port",
            "volume.port.grpc",
            "filer.port",
            "filer.port.grpc",
            "s3.port",
            "s3.port.grpc",
            "admin.port");

    private static final int S3 = PORTS.indexOf("s3.port");
    private static final int LOOPBACK_GRPC = 10_000;

    private LabObjectStore() {}

    /** Chooses a block of ports and returns S3's. */
    public static int choosePort(Ports ports, String address) {
        // It starts only where each of its ports is free on every address, whichever it is given.
        // The administration's gRPC port is always 10,000 above the administration's port.
        int first = ports.block(PORTS.size(), Ports.EVERYWHERE);
        int admin = first + PORTS.indexOf("admin.port");
        ports.required(admin + LOOPBACK_GRPC, "the object store's administration port", address);
        return first + S3;
    }

    /**
     * Starts the store and waits until it answers S3.
     *
     * @param folder where its data goes; exists
     * @param region its object store's port was chosen by {@link #choosePort}
     */
    public static StartedProcess start(
            InstalledTool weed, Launcher launcher, Region region, Path folder, Path log, Credentials credentials) {
        return start(weed, launcher, region, folder, log, credentials, List.of());
    }

    /** @param more options of SeaweedFS besides the lab's */
    public static StartedProcess start(
            InstalledTool weed,
            Launcher launcher,
            Region region,
            Path folder,
            Path log,
            Credentials credentials,
            List<String> more) {
        String address = region.address();
        int s3Port = region.objectStorePort();
        Path keys = writeKeys(folder, credentials);
        List<String> command = new ArrayList<>(List.of(
                weed.executable().toString(),
                "mini",
                "-dir=" + folder,
                "-ip=" + address,
                "-ip.bind=" + address,
                "-s3.config=" + keys,
                "-webdav=false",
                "-admin.ui=false",
                "-s3.iam=false",
                "-s3.port.iceberg=0",
                "-s3.port.lance=0"));
        for (int i = 0; i < PORTS.size(); i++) {
            command.add("-" + PORTS.get(i) + "=" + (s3Port - S3 + i));
        }
        command.addAll(more);
        StartedProcess store =
                launcher.start(new Launch("SeaweedFS in " + region.name(), command, folder, Map.of(), log));
        URI health = URI.create("http://%s:%d/healthz".formatted(address, s3Port));
        store.awaitReady(START, () -> Probe.get(health).isPresent());
        return store;
    }

    private static Path writeKeys(Path folder, Credentials credentials) {
        Map<String, Object> identity = Map.of(
                "name",
                "lab",
                "credentials",
                List.of(Map.of("accessKey", credentials.accessKey(), "secretKey", credentials.secretKey())),
                "actions",
                List.of("Admin", "Read", "Write", "List", "Tagging"));
        try {
            Path keys = Files.createFile(
                    folder.resolve("s3.json"),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            new ObjectMapper().writeValue(keys.toFile(), Map.of("identities", List.of(identity)));
            return keys;
        } catch (IOException e) {
            throw LabException.failed(
                    "Cannot write the object store's keys below " + folder + ": " + e.getMessage(), e);
        }
    }
}
