package io.lifeboat.activity.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.lifeboat.activity.backup.BackupCatalog.Entry;
import io.lifeboat.activity.storage.LargeObjectsInMemory;
import io.lifeboat.activity.storage.Upload;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BackupCatalogTest {
    private static final BackupPlace PLACE = new BackupPlace("us-west-2", "backups", "orders", "orders-db");
    private static final Instant NOW = Instant.parse("2026-11-21T02:00:00Z");

    private final LargeObjectsInMemory store = new LargeObjectsInMemory(Clock.fixed(NOW, ZoneOffset.UTC), "backups");
    private final BackupCatalog catalog = new BackupCatalog(region -> store);

    @Test
    void showsWhatTheBucketHoldsOldestFirst() throws IOException {
        put("orders/orders-db/20261122T020000Z/manifest.json", 10);
        put("orders/orders-db/20261121T020000Z/database.dump.zst.age", 100);
        put("orders/orders-db/20261121T020000Z/roles.sql.zst.age", 20);
        put("orders/orders-db/20261121T020000Z/manifest.json", 3);

        assertThat(catalog.list(PLACE))
                .containsExactly(
                        new Entry("20261121T020000Z", 123, Optional.of(NOW), NOW, Optional.empty()),
                        new Entry("20261122T020000Z", 10, Optional.of(NOW), NOW, Optional.empty()));
    }

    @Test
    void tellsTheNewestProof() throws IOException {
        put("orders/orders-db/20261121T020000Z-nightly/manifest.json", 3);
        put("orders/orders-db/20261121T020000Z-nightly/proven-20261121T060000Z.json", 1);
        put("orders/orders-db/20261121T020000Z-nightly/proven-20261122T060000Z.json", 1);
        put("orders/orders-db/20261121T020000Z-nightly/proven-sometime.json", 1);

        assertThat(catalog.list(PLACE))
                .extracting(Entry::proven)
                .containsExactly(Optional.of(Instant.parse("2026-11-22T06:00:00Z")));
    }

    @Test
    void whatHasNoManifestIsNoBackup() throws IOException {
        put("orders/orders-db/20261121T020000Z/manifest.json", 3);
        put("orders/orders-db/20261122T020000Z/database.dump.zst.age", 100);

        assertThat(catalog.list(PLACE)).extracting(Entry::exists).containsExactly(true, false);
        assertThat(catalog.newest(PLACE)).map(Entry::id).contains("20261121T020000Z");
    }

    @Test
    void doesNotMistakeADatastoreWhoseNameBeginsAlike() throws IOException {
        put("orders/orders-db-2/20261121T020000Z/manifest.json", 3);
        put("orders/orders-db/stray-file", 3);

        assertThat(catalog.list(PLACE)).isEmpty();
        assertThat(catalog.newest(PLACE)).isEmpty();
    }

    private void put(String key, int bytes) throws IOException {
        try (Upload upload = store.create("backups", key, Optional.empty())) {
            upload.write(new byte[bytes]);
            upload.complete();
        }
    }
}
