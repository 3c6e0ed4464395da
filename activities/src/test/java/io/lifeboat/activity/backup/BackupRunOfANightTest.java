package io.lifeboat.activity.backup;

import static io.lifeboat.activity.backup.NightsInMemory.BUCKET;
import static io.lifeboat.activity.backup.NightsInMemory.EAST;
import static io.lifeboat.activity.backup.NightsInMemory.NOW;
import static io.lifeboat.activity.backup.NightsInMemory.WEST;
import static io.lifeboat.activity.backup.NightsInMemory.datastore;
import static io.lifeboat.activity.backup.NightsInMemory.policy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.lifeboat.runbook.BackupPolicy;
import io.lifeboat.runbook.BucketPlace;
import io.lifeboat.workflow.backup.BackupActivities.Copying;
import io.lifeboat.workflow.backup.BackupActivities.Listing;
import io.lifeboat.workflow.backup.BackupActivities.Pruning;
import io.lifeboat.workflow.backup.BackupActivities.Showing;
import io.lifeboat.workflow.backup.BackupDetail;
import io.lifeboat.workflow.backup.BackupListing;
import io.lifeboat.workflow.backup.BackupListing.Listed;
import io.lifeboat.workflow.backup.BackupPlan;
import io.lifeboat.workflow.backup.CopyReceipt;
import io.lifeboat.workflow.backup.RetentionReceipt;
import io.lifeboat.workflow.backup.RetentionReceipt.Fate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a backup run decides from what the buckets hold. */
class BackupRunOfANightTest {
    private static final BackupPolicy NIGHTLY = policy("nightly", Duration.ofDays(1));
    private static final BackupPolicy WEEKLY = policy("weekly", Duration.ofDays(7));

    private final NightsInMemory nights = new NightsInMemory();

    @Test
    void takesWhatWouldBeOverdueByTheNextNight() {
        nights.take(WEST, "nightly", 1);
        nights.take(WEST, "weekly", 5);

        assertThat(due(NOW)).containsExactly("20261121T020000Z-nightly");
        assertThat(due(NOW.plus(Duration.ofDays(2)).minus(Duration.ofMinutes(9))))
                .containsExactly("20261123T015100Z-nightly", "20261123T015100Z-weekly");
    }

    @Test
    void leavesAloneWhatWasTakenAnHourAgo() {
        nights.take(WEST, "nightly", 0);
        nights.take(WEST, "weekly", 0);

        BackupPlan plan = plan(NOW.plus(Duration.ofHours(1)), false);

        assertThat(plan.due()).isEmpty();
        assertThat(plan.notDue())
                .hasSize(2)
                .anyMatch(reason -> reason.startsWith("orders-db nightly has a backup of 2026-11-21T02:00:00Z"));
        assertThat(plan(NOW.plus(Duration.ofHours(1)), true).due()).hasSize(2);
    }

    @Test
    void aPlaceThatDoesNotAnswerKeepsNoPolicyFromBeingTaken() {
        nights.copy(nights.take(WEST, "nightly", 0));
        nights.take(WEST, "weekly", 0);
        Instant anHourLater = NOW.plus(Duration.ofHours(1));

        nights.lost.add(WEST);
        assertThat(plan(anHourLater, false).notDue())
                .singleElement()
                .asString()
                .startsWith("orders-db nightly has a backup of 2026-11-21T02:00:00Z")
                .endsWith(", though us-west-2 was not read (The store in us-west-2 does not answer.)");
        assertThat(due(anHourLater)).containsExactly("20261121T030000Z-weekly");

        nights.lost.add(EAST);
        assertThat(due(anHourLater)).containsExactly("20261121T030000Z-nightly", "20261121T030000Z-weekly");
    }

    @Test
    void removesWhatNoRuleKeepsAndOnlyOfItsOwnPolicy() {
        for (int day = 0; day < 5; day++) {
            nights.take(WEST, "nightly", day);
        }
        String weekly = nights.take(WEST, "weekly", 9);

        RetentionReceipt planned = prune(WEST, NIGHTLY, true);
        assertThat(nights.ids(WEST)).hasSize(6);
        RetentionReceipt done = prune(WEST, NIGHTLY, false);

        assertThat(done.decisions()).isEqualTo(planned.decisions());
        assertThat(done.count(Fate.REMOVE)).isEqualTo(2);
        assertThat(nights.ids(WEST)).hasSize(4).contains(weekly).doesNotContain("20261117T020000Z-nightly");
        assertThat(prune(WEST, NIGHTLY, false).count(Fate.REMOVE)).isZero();
    }

    @Test
    void keepsTheNewestBackupThatWasProvenInAnyPlace() {
        for (int day = 0; day < 5; day++) {
            nights.copy(nights.take(WEST, "nightly", day));
        }
        nights.put(WEST, "orders/orders-db/20261117T020000Z-nightly/proven-20261118T040000Z.json");

        prune(EAST, NIGHTLY, false);

        assertThat(nights.ids(EAST)).contains("20261117T020000Z-nightly").doesNotContain("20261118T020000Z-nightly");
    }

    @Test
    void removesNothingWhoseManifestNobodyTrusts() {
        for (int day = 0; day < 4; day++) {
            nights.take(WEST, "nightly", day);
        }
        nights.put(WEST, "orders/orders-db/20261101T020000Z-nightly/manifest.json");

        RetentionReceipt done = prune(WEST, NIGHTLY, false);

        assertThat(done.count(Fate.EXAMINE)).isEqualTo(1);
        assertThat(nights.ids(WEST)).contains("20261101T020000Z-nightly");
    }

    @Test
    void clearsAwayWhatWasNeverFinished() {
        nights.take(WEST, "nightly", 0);
        nights.put(WEST, "orders/orders-db/20261120T020000Z-nightly/database.dump.zst.age");

        RetentionReceipt done = new BackupRetention(nights.chains, nights.catalog, new BackupEngines(Map.of()))
                .prune(pruning(WEST, NIGHTLY, NOW.plus(Duration.ofHours(2)), false));

        assertThat(done.unfinished()).containsExactly("20261120T020000Z-nightly");
        assertThat(nights.catalog.list(NightsInMemory.place(WEST))).hasSize(1);
    }

    @Test
    void makesGoodTheCopiesThatAnOutageHasLeftOut() {
        nights.copy(nights.take(WEST, "nightly", 3));
        nights.take(WEST, "nightly", 2);
        String damaged = nights.take(WEST, "nightly", 1);
        nights.put(WEST, "orders/orders-db/" + damaged + "/database.dump.zst.age");
        nights.take(WEST, "weekly", 1);
        String newest = nights.take(WEST, "nightly", 0);

        CopyReceipt receipt = new BackupCopies(nights.chains, nights.catalog, bytes -> {})
                .copy(
                        new Copying("orders", "orders-db", NIGHTLY, newest, new BucketPlace(EAST, BUCKET)),
                        Optional.empty());

        assertThat(receipt.mended()).containsExactly("20261119T020000Z-nightly");
        assertThat(receipt.unmended()).hasSize(1).first().asString().contains(damaged);
        assertThat(nights.ids(EAST)).containsExactly("20261118T020000Z-nightly", "20261119T020000Z-nightly", newest);
    }

    @Test
    void listsWhereEachBackupIsAndWhereItIsMissing() {
        nights.copy(nights.take(WEST, "nightly", 1));
        nights.take(WEST, "nightly", 0);

        List<Listed> listed = list(100).series().getFirst().backups();

        assertThat(listed)
                .extracting(Listed::id)
                .containsExactly("20261121T020000Z-nightly", "20261120T020000Z-nightly");
        assertThat(listed.get(0).missingIn()).containsExactly(EAST);
        assertThat(listed.get(1).regions()).containsExactly(WEST, EAST);
        assertThat(list(1).series().getFirst().backups()).hasSize(1);
        assertThat(list(1).series().getFirst().count()).isEqualTo(2);
    }

    @Test
    void saysWhichPlaceCannotBeListedAndCallsNothingMissingThere() {
        nights.take(WEST, "nightly", 0);
        nights.lost.add(EAST);

        BackupListing listing = list(100);

        assertThat(listing.unreadable()).containsExactly("The store in us-east-1 does not answer.");
        assertThat(listing.series().getFirst().backups().getFirst().missingIn()).isEmpty();
    }

    @Test
    void showsWhatTheManifestSaysAndWhereTheBackupIs() {
        String id = nights.take(WEST, "nightly", 0);

        BackupDetail detail = show(id);

        assertThat(detail.id()).isEqualTo(id);
        assertThat(detail.policy()).isEqualTo("nightly");
        assertThat(detail.parts())
                .isNotEmpty()
                .allMatch(part -> part.storedBytes() > 0 && part.sha256().length() == 64);
        assertThat(detail.places())
                .extracting(BackupDetail.Place::region, BackupDetail.Place::seen)
                .containsExactly(tuple(WEST, "there"), tuple(EAST, "missing"));
        nights.copy(id);
        nights.lost.add(WEST);
        assertThat(show(id).places())
                .extracting(BackupDetail.Place::seen)
                .containsExactly("The store in us-west-2 does not answer.", "there");
    }

    @Test
    void saysThatThereIsNoSuchBackupToShow() {
        nights.take(WEST, "nightly", 0);

        assertThatThrownBy(() -> show("20201121T020000Z-nightly"))
                .hasMessageContaining("us-west-2: missing; us-east-1: missing")
                .hasMessageContaining("lifeboat backups list orders");
    }

    @Test
    void writesTheProofWhereTheBackupIsAndTwiceTheSame() {
        nights.copy(nights.take(WEST, "nightly", 0));
        BackupProofs proofs = new BackupProofs(nights.chains);

        for (int time = 0; time < 2; time++) {
            assertThat(proofs.write("orders", "orders-db", NIGHTLY, "20261121T020000Z-nightly", NOW, "run"))
                    .containsExactly(WEST, EAST);
        }

        assertThat(nights.catalog.list(NightsInMemory.place(EAST)))
                .extracting(BackupCatalog.Entry::proven)
                .containsExactly(Optional.of(NOW));
    }

    private BackupDetail show(String id) {
        return new BackupShow(nights.chains, nights.catalog, new Showing("orders", "orders-db", NIGHTLY, id)).show();
    }

    private List<String> due(Instant slot) {
        return plan(slot, false).due().stream().map(BackupPlan.Due::id).toList();
    }

    private BackupPlan plan(Instant slot, boolean all) {
        return new BackupPlanner(nights.catalog, "orders").plan(List.of(datastore(WEEKLY, NIGHTLY)), slot, all);
    }

    private RetentionReceipt prune(String region, BackupPolicy policy, boolean planOnly) {
        return new BackupRetention(nights.chains, nights.catalog, new BackupEngines(Map.of()))
                .prune(pruning(region, policy, NOW, planOnly));
    }

    private static Pruning pruning(String region, BackupPolicy policy, Instant begun, boolean planOnly) {
        return new Pruning("orders", "orders-db", policy, new BucketPlace(region, BUCKET), begun, planOnly);
    }

    private BackupListing list(int limit) {
        return new BackupLister(nights.catalog, Clock.fixed(NOW, ZoneOffset.UTC))
                .list(new Listing("orders", List.of(datastore(NIGHTLY, WEEKLY)), limit));
    }
}
