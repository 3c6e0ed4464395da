package io.lifeboat.activity.retention;

import static io.lifeboat.activity.retention.StoredBackups.taken;
import static io.lifeboat.activity.retention.Verdict.EXAMINE;
import static io.lifeboat.activity.retention.Verdict.KEEP;
import static io.lifeboat.activity.retention.Verdict.REMOVE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.lifeboat.runbook.Keep;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RetentionPlannerTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final Keep NOTHING = new Keep(0, 0, 0, 0, 0);
    private static final StoredBackups NEWEST = taken("2026-11-21T02:00:00Z").proven("2026-11-21T03:00:00Z");

    @Test
    void keepsTheNewestOfEachHour() {
        RetentionPlan plan = plan(
                new Keep(2, 0, 0, 0, 0),
                taken("2026-11-21T02:59:59Z"),
                taken("2026-11-21T02:00:00Z"),
                taken("2026-11-20T23:10:00Z"),
                taken("2026-11-20T22:10:00Z"));

        assertThat(kept(plan)).containsExactly("20261121T025959Z", "20261120T231000Z");
        assertThat(reasons(plan, "20261120T231000Z")).containsExactly("the newest of 2026-11-20T23Z (hourly 2 of 2)");
    }

    @Test
    void countsOnlyDaysThatHaveABackup() {
        RetentionPlan plan = plan(
                new Keep(0, 3, 0, 0, 0),
                taken("2026-11-21T02:00:00Z"),
                taken("2026-11-15T23:59:59Z"),
                taken("2026-11-15T00:00:00Z"),
                taken("2026-11-01T02:00:00Z"),
                taken("2026-10-31T02:00:00Z"));

        assertThat(kept(plan)).containsExactly("20261121T020000Z", "20261115T235959Z", "20261101T020000Z");
        assertThat(reasons(plan, "20261101T020000Z")).containsExactly("the newest of 2026-11-01 (daily 3 of 3)");
    }

    @Test
    void beginsAWeekOnMondayAndGivesItTheYearOfItsThursday() {
        RetentionPlan plan = plan(
                new Keep(0, 0, 3, 0, 0),
                taken("2026-01-05T00:00:00Z"),
                taken("2026-01-04T23:59:59Z"),
                taken("2025-12-29T00:00:00Z"),
                taken("2025-12-28T23:59:59Z"));

        assertThat(reasons(plan, "20260105T000000Z")).contains("the newest of 2026-W02 (weekly 1 of 3)");
        assertThat(reasons(plan, "20260104T235959Z")).containsExactly("the newest of 2026-W01 (weekly 2 of 3)");
        assertThat(plan.removals()).containsExactly("20251229T000000Z");
        assertThat(reasons(plan, "20251228T235959Z")).containsExactly("the newest of 2025-W52 (weekly 3 of 3)");
    }

    @Test
    void keepsTheLeapDayAsTheNewestOfItsMonth() {
        Instant march = Instant.parse("2028-03-02T00:00:00Z");

        RetentionPlan plan = planner(new Keep(0, 0, 0, 2, 0))
                .plan(
                        backups(
                                taken("2028-03-01T02:00:00Z"),
                                taken("2028-02-29T02:00:00Z"),
                                taken("2028-02-28T02:00:00Z")),
                        List.of(),
                        march);

        assertThat(reasons(plan, "20280229T020000Z")).containsExactly("the newest of 2028-02 (monthly 2 of 2)");
        assertThat(plan.removals()).containsExactly("20280228T020000Z");
    }

    @Test
    void namesEveryRuleThatKeepsABackup() {
        RetentionPlan plan =
                plan(new Keep(24, 7, 4, 12, 7), NEWEST.retained("2026-11-28T02:00:00Z"), taken("2025-12-31T02:00:00Z"));

        assertThat(reasons(plan, "20261121T020000Z"))
                .containsExactly(
                        "the newest backup",
                        "the newest proven backup",
                        "the newest of 2026-11-21T02Z (hourly 1 of 24)",
                        "the newest of 2026-11-21 (daily 1 of 7)",
                        "the newest of 2026-W47 (weekly 1 of 4)",
                        "the newest of 2026-11 (monthly 1 of 12)",
                        "the newest of 2026 (yearly 1 of 7)",
                        "to be retained until 2026-11-28T02:00:00Z");
        assertThat(reasons(plan, "20251231T020000Z")).contains("the newest of 2025 (yearly 2 of 7)");
    }

    @Test
    void removesWhatNoRuleKeepsAndSaysSo() {
        RetentionPlan plan = plan(NOTHING, NEWEST, taken("2026-11-01T02:00:00Z").retained("2026-11-08T02:00:00Z"));

        assertThat(verdict(plan, "20261101T020000Z")).isEqualTo(REMOVE);
        assertThat(reasons(plan, "20261101T020000Z"))
                .containsExactly("no rule keeps it", "was to be retained until 2026-11-08T02:00:00Z");
    }

    @Test
    void keepsTheNewestProvenBackupAndNotTheOneProvenLast() {
        RetentionPlan plan = plan(
                NOTHING,
                taken("2026-11-21T02:00:00Z"),
                taken("2026-11-20T02:00:00Z"),
                taken("2026-11-10T02:00:00Z").proven("2026-11-11T00:00:00Z"),
                taken("2026-11-09T02:00:00Z").proven("2026-11-20T00:00:00Z"));

        assertThat(plan.removals()).containsExactly("20261109T020000Z", "20261120T020000Z");
        assertThat(reasons(plan, "20261121T020000Z")).containsExactly("the newest backup");
        assertThat(reasons(plan, "20261110T020000Z")).containsExactly("the newest proven backup");
    }

    @Test
    void keepsABackupUntilItsTermsHaveEnded() {
        String ended = "2026-11-21T12:00:00Z";
        String open = "2026-11-21T12:00:01Z";

        RetentionPlan plan = plan(
                NOTHING,
                NEWEST,
                taken("2026-11-03T02:00:00Z").retained(open),
                taken("2026-11-02T02:00:00Z").locked(open),
                taken("2026-11-01T02:00:00Z").held(open),
                taken("2026-10-01T02:00:00Z").retained(ended).locked(ended).held(ended));

        assertThat(reasons(plan, "20261103T020000Z")).containsExactly("to be retained until " + open);
        assertThat(reasons(plan, "20261102T020000Z")).containsExactly("locked until " + open);
        assertThat(reasons(plan, "20261101T020000Z")).containsExactly("on compliance hold until " + open);
        assertThat(plan.removals()).containsExactly("20261001T020000Z");
    }

    @Test
    void keepsEveryBaseThatAKeptIncrementalNeeds() {
        RetentionPlan plan = plan(
                NOTHING,
                NEWEST,
                taken("2026-11-04T02:00:00Z").on("20261103T020000Z"),
                taken("2026-11-03T02:00:00Z").on("20261101T020000Z").held("2033-11-03T00:00:00Z"),
                taken("2026-11-02T02:00:00Z").on("20261101T020000Z").locked("2026-12-01T00:00:00Z"),
                taken("2026-11-01T02:00:00Z").on("20261031T020000Z"),
                taken("2026-10-31T02:00:00Z"));

        assertThat(plan.removals()).containsExactly("20261104T020000Z");
        assertThat(reasons(plan, "20261101T020000Z")).containsExactly("needed by 20261103T020000Z and 1 other");
        assertThat(reasons(plan, "20261031T020000Z")).containsExactly("needed by 20261101T020000Z");
    }

    @Test
    void removesIncrementalsBeforeWhatTheyNeedEvenWhenAClockWentBackwards() {
        RetentionPlan plan = plan(
                NOTHING,
                NEWEST,
                taken("2026-11-01T02:10:00Z"),
                taken("2026-11-01T02:05:00Z").on("20261101T021000Z"),
                taken("2026-11-01T02:20:00Z").on("20261101T020500Z"),
                taken("2026-10-01T02:00:00Z"));

        assertThat(plan.removals())
                .containsExactly("20261101T022000Z", "20261101T020500Z", "20261001T020000Z", "20261101T021000Z");
    }

    @Test
    void neverRemovesABackupWhoseManifestCannotBeTrustedAndShowsIt() {
        RetentionPlan plan = plan(
                NOTHING,
                NEWEST,
                taken("2026-11-01T02:00:00Z").doubted("the signature does not match"),
                taken("2026-10-01T02:00:00Z"),
                taken("2026-09-01T02:00:00Z"));

        assertThat(verdict(plan, "20261101T020000Z")).isEqualTo(EXAMINE);
        assertThat(reasons(plan, "20261101T020000Z"))
                .containsExactly("its manifest cannot be trusted: the signature does not match");
        assertThat(reasons(plan, "20261001T020000Z")).containsExactly("perhaps needed by 20261101T020000Z");
        assertThat(plan.removals()).containsExactly("20260901T020000Z");
    }

    @Test
    void letsAnUntrustedBackupStandInForNoOther() {
        RetentionPlan plan = plan(
                new Keep(0, 1, 0, 0, 0),
                taken("2026-11-21T09:00:00Z").proven("2026-11-21T10:00:00Z").doubted("signed by an unknown key"),
                taken("2026-11-21T08:00:00Z"),
                taken("2026-11-20T08:00:00Z").proven("2026-11-20T10:00:00Z"));

        assertThat(verdict(plan, "20261121T090000Z")).isEqualTo(EXAMINE);
        assertThat(reasons(plan, "20261121T080000Z"))
                .containsExactly(
                        "the newest backup",
                        "the newest of 2026-11-21 (daily 1 of 1)",
                        "perhaps needed by 20261121T090000Z");
        assertThat(reasons(plan, "20261120T080000Z")).containsExactly("the newest proven backup");
    }

    @Test
    void keepsTheBaseThatAnUntrustedManifestNames() {
        RetentionPlan plan = plan(
                NOTHING,
                NEWEST,
                taken("2026-11-03T02:00:00Z").on("20261101T020000Z").doubted("the signature does not match"),
                taken("2026-11-02T02:00:00Z"),
                taken("2026-11-01T02:00:00Z"));

        assertThat(reasons(plan, "20261101T020000Z")).containsExactly("needed by 20261103T020000Z");
        assertThat(plan.removals()).containsExactly("20261102T020000Z");
    }

    @Test
    void keepsWhatComesBeforeAnUnreadableBackupWithAllThatItNeeds() {
        StoredBackup unreadable = StoredBackup.unreadable(
                "20261103T020000Z", Instant.parse("2026-11-03T02:00:00Z"), "the store refused to give it");

        RetentionPlan plan = planner(NOTHING)
                .plan(
                        List.of(
                                unreadable,
                                NEWEST.backup(),
                                taken("2026-11-02T02:00:00Z")
                                        .on("20261101T020000Z")
                                        .backup(),
                                taken("2026-11-01T02:00:00Z").backup()),
                        List.of(),
                        NOW);

        assertThat(plan.removals()).isEmpty();
        assertThat(reasons(plan, "20261102T020000Z")).containsExactly("perhaps needed by 20261103T020000Z");
        assertThat(reasons(plan, "20261101T020000Z")).containsExactly("needed by 20261102T020000Z");
    }

    @Test
    void asksAPersonToLookAtAnIncrementalWhoseBaseIsGoneOrInDoubt() {
        RetentionPlan plan = plan(
                new Keep(0, 1, 0, 0, 0),
                taken("2026-11-21T11:00:00Z").on("20261121T030000Z"),
                taken("2026-11-21T10:00:00Z").on("20261120T010000Z"),
                taken("2026-11-21T09:00:00Z"),
                taken("2026-11-20T01:00:00Z").doubted("the signature does not match"));

        assertThat(reasons(plan, "20261121T110000Z"))
                .containsExactly("cannot be restored: it needs 20261121T030000Z, which is not there");
        assertThat(reasons(plan, "20261121T100000Z"))
                .containsExactly("may be impossible to restore: it needs 20261120T010000Z, which is in doubt");
        assertThat(reasons(plan, "20261121T090000Z"))
                .containsExactly("the newest backup", "the newest of 2026-11-21 (daily 1 of 1)");
        assertThat(plan.decisions().stream().filter(decision -> decision.verdict() == EXAMINE))
                .hasSize(3);
    }

    @Test
    void asksAPersonToLookAtBasesThatFormACircle() {
        RetentionPlan plan = plan(
                NOTHING,
                NEWEST,
                taken("2026-11-02T02:00:00Z").on("20261101T020000Z"),
                taken("2026-11-01T02:00:00Z").on("20261102T020000Z"));

        assertThat(plan.removals()).isEmpty();
        assertThat(reasons(plan, "20261102T020000Z"))
                .containsExactly("cannot be restored: the bases it needs form a circle", "needed by 20261101T020000Z");
    }

    @Test
    void doesNotLetABackupFromTheFuturePushTheOthersOut() {
        RetentionPlan plan = plan(new Keep(0, 1, 0, 0, 0), taken("2027-11-21T02:00:00Z"), NEWEST);

        assertThat(verdict(plan, "20271121T020000Z")).isEqualTo(EXAMINE);
        assertThat(reasons(plan, "20271121T020000Z"))
                .contains("says it was taken at 2027-11-21T02:00:00Z, which is still to come: a clock is wrong");
        assertThat(reasons(plan, "20261121T020000Z"))
                .contains("the newest backup", "the newest of 2026-11-21 (daily 1 of 1)");
    }

    @Test
    void keepsTheSameBackupsHoweverLongAgoTheLastOneWasTaken() {
        List<StoredBackup> backups = backups(NEWEST, taken("2026-11-20T02:00:00Z"), taken("2026-11-19T02:00:00Z"));
        RetentionPlanner planner = planner(new Keep(0, 2, 0, 0, 0));

        RetentionPlan now = planner.plan(backups, List.of(), NOW);
        RetentionPlan afterTenYears = planner.plan(backups, List.of(), NOW.plus(Duration.ofDays(3653)));

        assertThat(afterTenYears).isEqualTo(now);
        assertThat(now.removals()).containsExactly("20261119T020000Z");
    }

    @Test
    void listsUnfinishedBackupsOnceTheyAreOldAndUnlocked() {
        UnfinishedBackup young = unfinished("young", NOW.minus(Duration.ofHours(24)), Optional.empty());
        UnfinishedBackup old = unfinished("old", NOW.minus(Duration.ofHours(25)), Optional.of(NOW));
        UnfinishedBackup older = unfinished("older", NOW.minus(Duration.ofHours(26)), Optional.empty());
        UnfinishedBackup locked = unfinished("locked", NOW.minus(Duration.ofDays(9)), Optional.of(NOW.plusSeconds(1)));

        RetentionPlan plan = planner(NOTHING).plan(List.of(), List.of(young, old, older, locked), NOW);

        assertThat(plan).isEqualTo(new RetentionPlan(List.of(), List.of(), List.of(older, old)));
    }

    @Test
    void refusesABackupThatIsGivenTwice() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> plan(NOTHING, NEWEST, NEWEST))
                .withMessageContaining("\"20261121T020000Z\" was given twice");
    }

    private static UnfinishedBackup unfinished(String id, Instant lastWrittenAt, Optional<Instant> lockedUntil) {
        return new UnfinishedBackup(id, lastWrittenAt, lockedUntil);
    }

    private static RetentionPlanner planner(Keep keep) {
        return new RetentionPlanner(keep, Duration.ofHours(24));
    }

    private static RetentionPlan plan(Keep keep, StoredBackups... backups) {
        return planner(keep).plan(backups(backups), List.of(), NOW);
    }

    private static List<StoredBackup> backups(StoredBackups... backups) {
        return Arrays.stream(backups).map(StoredBackups::backup).toList();
    }

    private static List<String> kept(RetentionPlan plan) {
        return plan.decisions().stream()
                .filter(decision -> decision.verdict() == KEEP)
                .map(decision -> decision.backup().id())
                .toList();
    }

    private static Verdict verdict(RetentionPlan plan, String id) {
        return decision(plan, id).verdict();
    }

    private static List<String> reasons(RetentionPlan plan, String id) {
        return decision(plan, id).reasons();
    }

    private static Decision decision(RetentionPlan plan, String id) {
        return plan.decisions().stream()
                .filter(decision -> decision.backup().id().equals(id))
                .findFirst()
                .orElseThrow();
    }
}
