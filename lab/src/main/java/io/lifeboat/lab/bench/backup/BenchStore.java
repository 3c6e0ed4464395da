package io.lifeboat.lab.bench.backup;

import io.lifeboat.activity.site.Settings;
import io.lifeboat.activity.site.Site;
import io.lifeboat.activity.storage.LargeObjects;
import io.lifeboat.activity.storage.LargeObjects.ListedObject;
import io.lifeboat.activity.storage.ObjectStore;
import io.lifeboat.activity.storage.s3.S3ObjectStores;
import io.lifeboat.lab.LabState.Credentials;
import io.lifeboat.lab.LabState.Region;
import io.lifeboat.lab.Progress;
import io.lifeboat.lab.objectstore.Buckets;
import io.lifeboat.lab.objectstore.LabObjectStore;
import io.lifeboat.lab.process.LabProcesses;
import io.lifeboat.lab.process.Launcher;
import io.lifeboat.lab.process.Ports;
import io.lifeboat.lab.process.StartedProcess;
import io.lifeboat.lab.tool.Folders;
import io.lifeboat.lab.tool.Tool;
import io.lifeboat.lab.tool.ToolCache;
import io.lifeboat.runbook.Setting;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A SeaweedFS of the bench's own, empty at its start, with one bucket; by TLS as well, for those who speak S3 only so. */
final class BenchStore implements AutoCloseable {
    static final String REGION = "us-east-1";
    static final String BUCKET = "bench";
    static final Credentials KEYS = new Credentials("", "", "bench", "bench-on-loopback");

    /** Not 127.0.0.1, on which the store takes ports of its own accord. */
    private static final String ADDRESS = "127.0.0.2";

    private final Path folder;
    private final Region region;
    private final int tlsPort;
    private final StartedProcess process;
    private final S3ObjectStores stores;

    BenchStore(Path above) throws IOException {
        folder = above.resolve("store");
        Folders.remove(folder);
        Path data = Files.createDirectories(folder.resolve("data"));
        try (Ports ports = new Ports()) {
            tlsPort = ports.block(1, ADDRESS);
            region = new Region(REGION, false, ADDRESS, 0, LabObjectStore.choosePort(ports, ADDRESS), 0, 0);
        }
        process = LabObjectStore.start(
                ToolCache.ofUser(Progress.SILENT).resolve(Tool.SEAWEEDFS),
                new Launcher(folder),
                region,
                data,
                folder.resolve("seaweedfs.log"),
                KEYS,
                List.of(
                        "-s3.port.https=" + tlsPort,
                        "-s3.cert.file=" + above.resolve("tls/certificate.pem"),
                        "-s3.key.file=" + above.resolve("tls/key.pem")));
        // Also where the bench is stopped before its end.
        Runtime.getRuntime()
                .addShutdownHook(new Thread(() -> LabProcesses.in(folder).killAll()));
        Buckets.create(REGION, endpoint(), KEYS, List.of(BUCKET));
        stores = new S3ObjectStores(site(), Settings.ofProcess());
    }

    private Site site() {
        Site.Region access = new Site.Region(
                new Site.Kubernetes(URI.create("http://127.0.0.1:1"), Optional.empty(), Optional.empty()),
                new Site.ObjectStore(
                        Optional.of(endpoint()),
                        Optional.of(new Setting(KEYS.accessKey())),
                        Optional.of(new Setting(KEYS.secretKey()))));
        return new Site(
                Map.of(REGION, access),
                new Site.Route53(Optional.empty(), REGION, Optional.empty(), Optional.empty(), List.of()));
    }

    URI endpoint() {
        return URI.create("http://" + ADDRESS + ":" + region.objectStorePort());
    }

    /** The address alone, without {@code https}. */
    String tlsAddress() {
        return ADDRESS;
    }

    int tlsPort() {
        return tlsPort;
    }

    long pid() {
        return process.pid();
    }

    LargeObjects objects() {
        return stores.large(REGION);
    }

    ObjectStore small() {
        return stores.in(REGION);
    }

    long storedBytes(String prefix) {
        return objects().list(BUCKET, prefix).stream()
                .mapToLong(ListedObject::bytes)
                .sum();
    }

    void remove(String prefix) {
        objects().list(BUCKET, prefix).forEach(object -> objects().delete(BUCKET, object.key()));
    }

    @Override
    public void close() {
        stores.close();
        LabProcesses.in(folder).killAll();
        Folders.remove(folder);
    }
}
