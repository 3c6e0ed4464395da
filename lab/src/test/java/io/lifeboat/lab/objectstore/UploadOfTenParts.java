package io.lifeboat.lab.objectstore;

import io.lifeboat.activity.site.Settings;
import io.lifeboat.activity.site.Site;
import io.lifeboat.activity.storage.Upload;
import io.lifeboat.activity.storage.s3.S3ObjectStores;
import io.lifeboat.runbook.Setting;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Streams to a store in a process of its own, whose memory the test limits. */
final class UploadOfTenParts {
    static final long BYTES = 160L << 20;
    private static final int CHUNK = 1 << 20;
    private static final String REGION = "us-west-2";

    private UploadOfTenParts() {}

    /** @param arguments the store's endpoint, the bucket, the key */
    public static void main(String[] arguments) throws Exception {
        Site.ObjectStore store = new Site.ObjectStore(
                Optional.of(URI.create(arguments[0])),
                Optional.of(new Setting("access")),
                Optional.of(new Setting("secret")));
        Site.Region region = new Site.Region(
                new Site.Kubernetes(URI.create("http://127.0.0.1:1"), Optional.empty(), Optional.empty()), store);
        Site site = new Site(
                Map.of(REGION, region),
                new Site.Route53(Optional.empty(), REGION, Optional.empty(), Optional.empty(), List.of()));
        try (S3ObjectStores stores = new S3ObjectStores(site, Settings.ofProcess());
                Upload upload = stores.large(REGION).create(arguments[1], arguments[2], Optional.empty())) {
            byte[] chunk = new byte[CHUNK];
            for (long sent = 0; sent < BYTES; sent += CHUNK) {
                upload.write(chunk);
            }
            upload.complete();
        }
    }
}
