package io.lifeboat.lab.objectstore;

import io.lifeboat.activity.site.Settings;
import io.lifeboat.activity.site.Site;
import io.lifeboat.activity.storage.s3.S3ObjectStores;
import io.lifeboat.lab.LabState.Credentials;
import io.lifeboat.lab.LabState.Region;
import io.lifeboat.lab.process.LabProcesses;
import io.lifeboat.lab.process.Launcher;
import io.lifeboat.lab.process.Ports;
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
import software.amazon.awssdk.services.s3.S3Client;

/** A real SeaweedFS of a test's own, which can be killed and started again. */
final class SeaweedForTest implements AutoCloseable {
    static final String REGION = "us-west-2";
    static final Credentials KEYS = new Credentials("", "", "access", "not-so-secret");

    private final Path folder;
    private final Region region;

    SeaweedForTest(Path folder, String address) throws IOException {
        this.folder = folder;
        try (Ports ports = new Ports()) {
            region = new Region(REGION, false, address, 0, LabObjectStore.choosePort(ports, address), 0, 0);
        }
        start();
    }

    void start() throws IOException {
        Path data = Files.createDirectories(folder.resolve(REGION).resolve("objectstore"));
        Files.deleteIfExists(data.resolve("s3.json"));
        LabObjectStore.start(
                ToolCache.ofUser(step -> {}).resolve(Tool.SEAWEEDFS),
                new Launcher(folder),
                region,
                data,
                folder.resolve("seaweedfs.log"),
                KEYS);
    }

    void kill() {
        LabProcesses.in(folder).killAll();
    }

    void createBucket(String name) {
        Buckets.create(REGION, endpoint(), KEYS, List.of(name));
    }

    S3Client client() {
        return Buckets.client(REGION, endpoint(), KEYS);
    }

    S3ObjectStores stores(String secretKey) {
        return stores(endpoint(), secretKey);
    }

    /** @param endpoint such as that of a {@link SeveringRelay} on the way to it */
    static S3ObjectStores stores(URI endpoint, String secretKey) {
        Site.Region access = new Site.Region(
                new Site.Kubernetes(URI.create("http://127.0.0.1:1"), Optional.empty(), Optional.empty()),
                new Site.ObjectStore(
                        Optional.of(endpoint),
                        Optional.of(new Setting(KEYS.accessKey())),
                        Optional.of(new Setting("env:SECRET_KEY"))));
        Site.Route53 dns = new Site.Route53(Optional.empty(), REGION, Optional.empty(), Optional.empty(), List.of());
        return new S3ObjectStores(
                new Site(Map.of(REGION, access), dns), new Settings(Map.of("SECRET_KEY", secretKey)::get));
    }

    URI endpoint() {
        return URI.create("http://" + region.address() + ":" + region.objectStorePort());
    }

    @Override
    public void close() {
        kill();
    }
}
