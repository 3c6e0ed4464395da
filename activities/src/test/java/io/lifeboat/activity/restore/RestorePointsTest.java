package io.lifeboat.activity.restore;

import static io.lifeboat.activity.backup.NightsInMemory.EAST;
import static io.lifeboat.activity.backup.NightsInMemory.NOW;
import static io.lifeboat.activity.backup.NightsInMemory.WEST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lifeboat.activity.backup.BackupProofs;
import io.lifeboat.activity.backup.NightsInMemory;
import io.lifeboat.runbook.BackupPolicy;
import io.lifeboat.workflow.FailureType;
import io.lifeboat.workflow.restore.ReplacementActivities.Choosing;
import io.lifeboat.workflow.restore.RestorePoint;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What takes the place of production. */
class RestorePointsTest {
    private static final BackupPolicy NIGHTLY = NightsInMemory.policy("nightly", Duration.ofDays(1));
    private static final BackupPolicy TABLES = NightsInMemory.policy("tables", Duration.ofHours(1));

    private final NightsInMemory nights = new NightsInMemory();

    @Test
    void takesTheNewestThatIsProven() {
        String older = prove(NIGHTLY, nights.take(WEST, "nightly", 2));
        nights.take(WEST, "nightly", 1);

        assertThat(choose(Optional.empty()).backup().id()).isEqualTo(older);
    }

    @Test
    void passesOverAProvenBackupThatIsNotWhole() {
        String whole = prove(NIGHTLY, nights.take(WEST, "nightly", 2));
        prove(TABLES, nights.takeOnly("the table public.orders", WEST, "tables", 1));

        assertThat(choose(Optional.empty()).backup().id()).isEqualTo(whole);
    }

    @Test
    void saysWhatTheOnlyBackupsHoldWhereNoneIsWhole() {
        String partial = prove(TABLES, nights.takeOnly("the table public.orders", WEST, "tables", 1));

        assertThatThrownBy(() -> choose(Optional.empty()))
                .hasMessageContaining("there is no proven backup of it that can be used")
                .hasMessageContaining(partial + " holds only the table public.orders");
    }

    @Test
    void refusesABackupThatIsNotWholeAlsoByItsName() {
        String partial = nights.takeOnly("the definitions, and no rows", WEST, "tables", 1);

        assertThatThrownBy(() -> choose(Optional.of(partial)))
                .isInstanceOfSatisfying(
                        ApplicationFailure.class,
                        failure -> assertThat(failure.getType()).isEqualTo(FailureType.PRECONDITION_FAILED.name()))
                .hasMessageContaining(partial + ": it holds only the definitions, and no rows")
                .hasMessageContaining("Nothing was touched")
                .hasMessageContaining("docs/restore-by-hand.md");
    }

    @Test
    void takesAWholeBackupByItsNameThoughThePolicyTakesLessByNow() {
        String whole = nights.take(WEST, "tables", 3);

        assertThat(choose(Optional.of(whole)).backup().id()).isEqualTo(whole);
    }

    @Test
    void goesBackWithTheOtherPolicyWhereThePlaceOfTheFirstIsLost() {
        nights.takeBase(EAST, "east", 1);
        String other = nights.takeBase(WEST, "west", 1);
        nights.lost.add(EAST);

        RestorePoint point = leadingTo(NOW, Optional.empty());

        assertThat(point.backup().id()).isEqualTo(other);
        assertThat(point.policy().name()).isEqualTo("west");
        assertThat(point.moment()).isEqualTo(NOW);
    }

    @Test
    void goesBackWithTheBackupThatWasNamed() {
        nights.takeBase(EAST, "east", 1);
        String other = nights.takeBase(WEST, "west", 2);

        assertThat(leadingTo(NOW, Optional.of(other)).backup().id()).isEqualTo(other);
    }

    @Test
    void saysOfEachPolicyWhyItDoesNotLeadThere() {
        String late = nights.takeBase(WEST, "west", 1);
        nights.lost.add(EAST);

        assertThatThrownBy(() -> leadingTo(NOW.minus(Duration.ofDays(3)), Optional.empty()))
                .hasMessageContaining("The store in us-east-1 does not answer.")
                .hasMessageContaining(late + " in us-west-2 can go back to 2026-11-20T02:00:00Z at the earliest")
                .hasMessageContaining("Choose a later moment, wait for the place that does not answer, or leave");
    }

    @Test
    void saysNothingOfSilenceWhereEveryPlaceAnswered() {
        nights.takeBase(EAST, "east", 1);

        assertThatThrownBy(() -> leadingTo(NOW.minus(Duration.ofDays(3)), Optional.empty()))
                .hasMessageContaining("at the earliest. Choose a later moment, or leave the moment out");
    }

    @Test
    void asksNobodyToWaitForAPlaceThatRefuses() {
        nights.takeBase(WEST, "west", 1);
        nights.refusing.add(EAST);

        assertThatThrownBy(() -> leadingTo(NOW.minus(Duration.ofDays(3)), Optional.empty()))
                .hasMessageContaining("The store in us-east-1 refuses the key.")
                .hasMessageContaining("at the earliest. Choose a later moment, or leave the moment out");
    }

    private RestorePoint leadingTo(Instant moment, Optional<String> id) {
        return new RestorePoints(
                        nights.chains,
                        new Choosing(
                                "orders",
                                NightsInMemory.datastore(
                                        NightsInMemory.toAnyMoment("east", EAST),
                                        NightsInMemory.toAnyMoment("west", WEST)),
                                id,
                                Optional.of(moment)))
                .choose();
    }

    private RestorePoint choose(Optional<String> id) {
        return new RestorePoints(
                        nights.chains,
                        new Choosing("orders", NightsInMemory.datastore(NIGHTLY, TABLES), id, Optional.empty()))
                .choose();
    }

    private String prove(BackupPolicy policy, String id) {
        new BackupProofs(nights.chains).write("orders", "orders-db", policy, id, NOW, "smoke/orders");
        return id;
    }
}
