package io.lifeboat.activity.backup;

import static io.lifeboat.activity.backup.NightsInMemory.BUCKET;
import static io.lifeboat.activity.backup.NightsInMemory.EAST;
import static io.lifeboat.activity.backup.NightsInMemory.NOW;
import static io.lifeboat.activity.backup.NightsInMemory.WEST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lifeboat.activity.backup.BackupException.Kind;
import io.lifeboat.activity.manifest.Manifest;
import io.lifeboat.runbook.BackupPolicy;
import io.lifeboat.runbook.BackupPolicy.Method;
import io.lifeboat.runbook.BucketPlace;
import io.lifeboat.runbook.Increments;
import io.lifeboat.runbook.Keep;
import io.lifeboat.runbook.LockPolicy;
import io.lifeboat.workflow.backup.BackupActivities.Copying;
import io.lifeboat.workflow.backup.BackupActivities.Pruning;
import io.lifeboat.workflow.backup.BackupActivities.Taking;
import io.lifeboat.workflow.backup.CopyReceipt;
import io.lifeboat.workflow.backup.RetentionReceipt.Fate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What backups that are based on others mean for the one to be taken, for copies, and for retention. */
class IncrementsOfAWeekTest {
    private static final BackupPolicy EVERY_WEEK_A_FULL_ONE = policy(Optional.of(new Increments(Duration.ofDays(7))));
    private static final String TONIGHT = "20261121T020000Z-base";

    private final NightsInMemory nights = new NightsInMemory();

    @Test
    void isBasedOnTheNewestBeforeIt() {
        List<String> ids = lineage(3);
        nights.take(WEST, "another", 0);

        BaseChoice.Choice choice = choose(EVERY_WEEK_A_FULL_ONE);

        assertThat(choice.base()).map(base -> base.manifest().id()).contains(ids.getLast());
        assertThat(choice.fullBecause()).isEmpty();
    }

    @Test
    void isAFullOneWhereThereIsNoneBeforeIt() {
        nights.take(WEST, "another", 1);

        assertThat(whyFull()).isEqualTo("there is none before it");
    }

    @Test
    void isAFullOneInTheNightInWhichTheLastFullOneIsAWeekOld() {
        lineage(7);

        assertThat(whyFull())
                .isEqualTo("the full one before it is 20261114T020000Z-base, and the runbook wants one every 168 h");
    }

    @Test
    void isNoFullOneTheNightBefore() {
        lineage(6);

        assertThat(choose(EVERY_WEEK_A_FULL_ONE).base()).isPresent();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void isAFullOneWhenAnyLinkCannotBeRead(int link) {
        String id = lineage(3).get(link);
        nights.put(WEST, "orders/orders-db/" + id + "/manifest.json");

        assertThat(whyFull()).contains(id);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void isAFullOneWhenALinkIsMissing(int link) {
        String id = lineage(3).get(link);
        nights.stores.get(WEST).delete(BUCKET, "orders/orders-db/" + id + "/manifest.json");

        assertThat(whyFull()).contains("it needs backup " + id);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void isAFullOneWhenAPartOfALinkIsCutOff(int link) {
        String id = lineage(3).get(link);
        nights.put(WEST, "orders/orders-db/" + id + "/database.dump.zst.age");

        assertThat(whyFull()).isEqualTo(id + " is not complete");
    }

    @Test
    void saysNothingWhereEveryBackupIsAFullOne() {
        lineage(3);

        BaseChoice.Choice choice = choose(policy(Optional.empty()));

        assertThat(choice.base()).isEmpty();
        assertThat(choice.fullBecause()).isEmpty();
    }

    @Test
    void whatItIsBasedOnIsCopiedBeforeIt() {
        List<String> ids = lineage(3);
        String tonight = nights.take(WEST, "base", 0, Optional.of(ids.getLast()));

        CopyReceipt receipt = copy(tonight);

        assertThat(receipt.mended()).isEqualTo(ids);
        assertThat(receipt.unmended()).isEmpty();
        assertThat(nights.ids(EAST)).containsAll(ids).contains(tonight);
    }

    @Test
    void whatItIsBasedOnIsNamedWhenItCannotBeCopied() {
        List<String> ids = lineage(3);
        String tonight = nights.take(WEST, "base", 0, Optional.of(ids.getLast()));
        nights.put(WEST, "orders/orders-db/" + ids.get(1) + "/database.dump.zst.age");

        CopyReceipt receipt = copy(tonight);

        assertThat(receipt.unmended()).hasSize(1).first().asString().contains(ids.get(1));
        assertThat(nights.ids(EAST)).containsExactly(ids.get(0), ids.get(2), tonight);
    }

    @Test
    void retentionKeepsWhatAKeptOneIsBasedOnAndNothingElse() {
        nights.take(WEST, "base", 6);
        List<String> kept = lineage(5);
        kept.add(nights.take(WEST, "base", 0, Optional.of(kept.getLast())));

        new BackupRetention(nights.chains, nights.catalog, new BackupEngines(Map.of()))
                .prune(new Pruning(
                        "orders", "orders-db", EVERY_WEEK_A_FULL_ONE, new BucketPlace(WEST, BUCKET), NOW, false))
                .decisions()
                .forEach(decided ->
                        assertThat(decided.fate()).isEqualTo(kept.contains(decided.id()) ? Fate.KEEP : Fate.REMOVE));

        assertThat(nights.ids(WEST)).isEqualTo(kept);
    }

    @Test
    void isVerifiedWithEverythingItIsBasedOn() {
        List<String> ids = lineage(3);

        assertThat(verified(ids.getLast(), WEST))
                .extracting(link -> link.manifest().id())
                .isEqualTo(ids.reversed());
    }

    @Test
    void damageToALinkIsDamageToWhatIsBasedOnIt() {
        List<String> ids = lineage(3);
        nights.put(WEST, "orders/orders-db/" + ids.getFirst() + "/database.dump.zst.age");

        assertThatThrownBy(() -> verified(ids.getLast(), WEST))
                .isInstanceOfSatisfying(
                        BackupException.class, e -> assertThat(e.kind()).isEqualTo(Kind.CORRUPT))
                .hasMessageContaining("Cannot rely on backup " + ids.getLast())
                .hasMessageContaining("it needs backup " + ids.getFirst());
    }

    @Test
    void linkIsTakenFromThePlaceThatHasItWhole() {
        List<String> ids = lineage(3);
        nights.copy(ids.getFirst());
        nights.stores.get(WEST).delete(BUCKET, "orders/orders-db/" + ids.getFirst() + "/manifest.json");

        assertThat(verified(ids.getLast(), WEST, EAST))
                .extracting(link -> link.place().region())
                .containsExactly(WEST, WEST, EAST);
    }

    @Test
    void placeThatDoesNotAnswerIsNoDamage() {
        List<String> ids = lineage(2);
        nights.stores.get(WEST).delete(BUCKET, "orders/orders-db/" + ids.getFirst() + "/manifest.json");
        nights.lost.add(EAST);

        assertThatThrownBy(() -> verified(ids.getLast(), WEST, EAST))
                .isInstanceOfSatisfying(
                        BackupException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE));
    }

    @Test
    void noFloorHoldsForWhatHasChanged() {
        BackupChain chain = nights.chains.of("critical", bytes -> {});
        String full = nights.take(WEST, "base", 1);
        BackupOrder order =
                BackupOrder.of(NightsInMemory.place(WEST), TONIGHT, NOW).atLeast(1 << 20);

        Manifest taken = chain.take(NightsInMemory.taker(Optional.of(full)), NightsInMemory.source(), order);

        assertThat(taken.basedOn()).contains(full);
    }

    @Test
    void sizeOfAFullOneIsHeldAgainstFullOnesAlone() {
        lineage(4);
        BackupChain chain = nights.chains.of("critical", bytes -> {});
        // Smaller than any before it, whose folders count as a whole.
        Manifest tonight = chain.manifest(NightsInMemory.place(WEST), nights.take(WEST, "base", 0));
        SizeComparison comparison = new SizeComparison(chain, nights.catalog, taking(EVERY_WEEK_A_FULL_ONE));

        assertThat(comparison.unusual(tonight)).isEmpty();
        nights.take(WEST, "base", 6);
        nights.take(WEST, "base", 5);
        assertThat(comparison.unusual(tonight)).get().asString().startsWith("It has shrunk");
    }

    @Test
    void sizeOfWhatHasChangedIsHeldAgainstNothing() {
        BackupChain chain = nights.chains.of("critical", bytes -> {});
        for (int day = 6; day > 0; day--) {
            nights.take(WEST, "base", day);
        }
        String id = nights.take(WEST, "base", 0, Optional.of("20261120T020000Z-base"));

        assertThat(new SizeComparison(chain, nights.catalog, taking(EVERY_WEEK_A_FULL_ONE))
                        .unusual(chain.manifest(NightsInMemory.place(WEST), id)))
                .isEmpty();
    }

    @Test
    void isLockedUntilWhatMayBeBasedOnItIsUnlocked() {
        LockPolicy month = new LockPolicy(LockPolicy.Mode.GOVERNANCE, Duration.ofDays(30));

        assertThat(BackupOrder.lockSpan(policy(Optional.of(month), Optional.of(new Increments(Duration.ofDays(7))))))
                .contains(Duration.ofDays(37));
        assertThat(BackupOrder.lockSpan(policy(Optional.of(month), Optional.empty())))
                .contains(Duration.ofDays(30));
        assertThat(BackupOrder.lockSpan(EVERY_WEEK_A_FULL_ONE)).isEmpty();
    }

    /** A full one so many days ago, and one a day since then until yesterday; the full one first. */
    private List<String> lineage(int days) {
        List<String> ids = new ArrayList<>();
        for (int day = days; day > 0; day--) {
            ids.add(nights.take(WEST, "base", day, ids.isEmpty() ? Optional.empty() : Optional.of(ids.getLast())));
        }
        return ids;
    }

    private String whyFull() {
        BaseChoice.Choice choice = choose(EVERY_WEEK_A_FULL_ONE);
        assertThat(choice.base()).isEmpty();
        return choice.fullBecause().orElseThrow();
    }

    private BaseChoice.Choice choose(BackupPolicy policy) {
        Taking request = new Taking("orders", NightsInMemory.datastore(policy), policy, TONIGHT);
        return new BaseChoice(nights.chains, nights.catalog, request).make(nights.chains.of("critical", bytes -> {}));
    }

    private static Taking taking(BackupPolicy policy) {
        return new Taking("orders", NightsInMemory.datastore(policy), policy, TONIGHT);
    }

    private CopyReceipt copy(String id) {
        return new BackupCopies(nights.chains, nights.catalog, bytes -> {})
                .copy(
                        new Copying("orders", "orders-db", EVERY_WEEK_A_FULL_ONE, id, new BucketPlace(EAST, BUCKET)),
                        Optional.empty());
    }

    private List<BackupLineage.Link> verified(String id, String... regions) {
        List<BackupPlace> places =
                List.of(regions).stream().map(NightsInMemory::place).toList();
        return new BackupLineage(nights.chains.of("critical", bytes -> {}), places).verified(id);
    }

    private static BackupPolicy policy(Optional<Increments> increments) {
        return policy(Optional.empty(), increments);
    }

    private static BackupPolicy policy(Optional<LockPolicy> lock, Optional<Increments> increments) {
        return new BackupPolicy(
                "base",
                Method.BASEBACKUP,
                Duration.ofDays(1),
                "critical",
                new BucketPlace(WEST, BUCKET),
                List.of(new BucketPlace(EAST, BUCKET)),
                new Keep(0, 3, 0, 0, 0),
                lock,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                increments,
                Optional.empty(),
                Optional.empty());
    }
}
