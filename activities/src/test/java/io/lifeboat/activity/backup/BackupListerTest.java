package io.lifeboat.activity.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.lifeboat.activity.storage.LargeObjectsInMemory;
import io.lifeboat.activity.storage.Upload;
import io.lifeboat.runbook.Datastore;
import io.lifeboat.workflow.WireFormat;
import io.lifeboat.workflow.backup.BackupActivities.Listing;
import io.lifeboat.workflow.backup.BackupListing;
import io.lifeboat.workflow.backup.BackupListing.Listed;
import io.lifeboat.workflow.backup.BackupListing.Series;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BackupListerTest {
    /** Temporal refuses larger ones. */
    private static final int MOST_BYTES = 2 << 20;

    private final LargeObjectsInMemory store = new LargeObjectsInMemory(NightsInMemory.BUCKET);
    private final BackupLister lister = new BackupLister(new BackupCatalog(region -> store), Clock.systemUTC());

    @Test
    void countsTenThousandBackupsAndListsAsManyAsAPayloadTakes() throws IOException {
        put("hourly", 10_000);
        Datastore datastore = NightsInMemory.datastore(NightsInMemory.policy("hourly", Duration.ofHours(1)));

        BackupListing listing = lister.list(new Listing("orders", List.of(datastore), 10_000));

        Series hourly = listing.series().getFirst();
        assertThat(hourly.count()).isEqualTo(10_000);
        assertThat(hourly.backups()).hasSize(BackupLister.MOST_ROWS);
        assertThat(hourly.backups().getFirst().id()).isEqualTo("20260221T150000Z-hourly");
        assertThat(bytes(listing)).isLessThan(MOST_BYTES);
    }

    @Test
    void policiesShareThePayload() throws IOException {
        put("hourly", 3_000);
        put("daily", 3_000);
        Datastore datastore = NightsInMemory.datastore(
                NightsInMemory.policy("hourly", Duration.ofHours(1)),
                NightsInMemory.policy("daily", Duration.ofDays(1)));

        BackupListing listing = lister.list(new Listing("orders", List.of(datastore), 10_000));

        assertThat(listing.series())
                .extracting(series -> series.backups().size())
                .containsExactly(BackupLister.MOST_ROWS / 2, BackupLister.MOST_ROWS / 2);
        assertThat(bytes(listing)).isLessThan(MOST_BYTES);
    }

    @Test
    void looksOnlyIntoWhatItShows() throws IOException {
        put("hourly", 500);
        put("yearly", 1);
        Datastore datastore = NightsInMemory.datastore(
                NightsInMemory.policy("hourly", Duration.ofHours(1)),
                NightsInMemory.policy("yearly", Duration.ofDays(365)));

        BackupListing listing = lister.list(new Listing("orders", List.of(datastore), 2));

        assertThat(listing.series()).extracting(Series::count).containsExactly(500, 1);
        assertThat(listing.series().getFirst().backups())
                .extracting(Listed::id, Listed::storedBytes)
                .containsExactly(tuple("20250121T190000Z-hourly", 1L), tuple("20250121T180000Z-hourly", 1L));
        assertThat(listing.series().getLast().backups())
                .extracting(Listed::id, Listed::exists)
                .containsExactly(tuple("20250101T000000Z-yearly", true));
        assertThat(listing.series().getFirst().storedBytes()).isEqualTo(4);
    }

    private static int bytes(BackupListing listing) throws JsonProcessingException {
        return WireFormat.mapper().writeValueAsBytes(listing).length;
    }

    private void put(String policy, int count) throws IOException {
        Instant first = Instant.parse("2025-01-01T00:00:00Z");
        for (int i = 0; i < count; i++) {
            String id = new BackupId(first.plus(Duration.ofHours(i)), policy).toString();
            try (Upload upload = store.create(
                    NightsInMemory.BUCKET,
                    NightsInMemory.place(NightsInMemory.WEST).manifestKey(id),
                    Optional.empty())) {
                upload.write(new byte[1]);
                upload.complete();
            }
        }
    }
}
