package io.lifeboat.activity.retention;

import static org.assertj.core.api.Assertions.assertThat;

import io.lifeboat.runbook.Keep;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The plan is carried out every night for more than two years, which hold a week 53, a leap day and three turns of the year. */
@Order(1) // among the longest
class TwoYearsOfNightsTest {
    private static final LocalDate FIRST = LocalDate.of(2026, 12, 20);
    private static final LocalDate LAST = LocalDate.of(2029, 1, 10);
    private static final Duration UNFINISHED_AFTER = Duration.ofDays(2);

    private final Set<String> wordsSeen = new HashSet<>();

    @ParameterizedTest
    @CsvSource({"1, 24, 7, 4, 12, 7", "2, 0, 14, 8, 6, 0", "3, 48, 0, 0, 3, 2", "4, 0, 0, 0, 0, 0"})
    void removesWhatABruteForceModelRemovesAndNothingThatIsNeeded(
            long seed, int hourly, int daily, int weekly, int monthly, int yearly) {
        Keep keep = new Keep(hourly, daily, weekly, monthly, yearly);
        RetentionPlanner planner = new RetentionPlanner(keep, UNFINISHED_AFTER);
        SimulatedNights nights = new SimulatedNights(seed);
        int removed = 0;

        for (LocalDate night = FIRST; !night.isAfter(LAST); night = night.plusDays(1)) {
            Instant now = night.atTime(4, 0).toInstant(ZoneOffset.UTC);
            nights.pass(night);
            List<StoredBackup> before = shuffled(nights.stored(), night.toEpochDay());

            RetentionPlan plan = planner.plan(before, nights.unfinished(), now);

            assertThat(new TreeSet<>(plan.removals()))
                    .as("removed in the night of %s, seed %d", night, seed)
                    .isEqualTo(BruteForceRetention.removable(before, keep, now));
            assertRemovedInOrder(plan.removals(), before);
            remember(plan);
            nights.remove(plan.removals(), plan.unfinished());
            removed += plan.removals().size();
            assertNothingIsLost(nights, keep, now);
            assertThat(planner.plan(nights.stored(), nights.unfinished(), now).removals())
                    .as("removed by a second plan in the night of %s", night)
                    .isEmpty();
        }

        assertThat(removed).isGreaterThan(500);
        assertThat(wordsSeen)
                .contains("to be", "locked until", "on compliance", "needed by", "perhaps needed", "its manifest");
    }

    private static void assertNothingIsLost(SimulatedNights nights, Keep keep, Instant now) {
        List<StoredBackup> ever = nights.ever();
        Set<String> stored = nights.stored().stream().map(StoredBackup::id).collect(Collectors.toSet());

        assertThat(missing(BruteForceRetention.keptByRules(ever, keep).stream(), stored))
                .as("newest of every period that ever had one")
                .isEmpty();
        assertThat(missing(newestProven(ever).stream(), stored))
                .as("the newest proven")
                .isEmpty();
        assertThat(missing(nights.stored().stream().flatMap(backup -> backup.base().stream()), stored))
                .as("bases of incrementals")
                .isEmpty();
        assertThat(missing(ever.stream().filter(backup -> mustStay(backup, now)).map(StoredBackup::id), stored))
                .as("in doubt, held, or to be retained")
                .isEmpty();
        assertThat(nights.unfinished())
                .allSatisfy(left -> assertThat(left.lastWrittenAt()).isAfterOrEqualTo(now.minus(UNFINISHED_AFTER)));
    }

    private static boolean mustStay(StoredBackup backup, Instant now) {
        return backup.doubt().isPresent()
                || backup.heldUntil().isPresent()
                || backup.retainUntil().isAfter(now);
    }

    private static List<String> missing(Stream<String> expected, Set<String> stored) {
        return expected.filter(id -> !stored.contains(id)).toList();
    }

    private static Optional<String> newestProven(List<StoredBackup> ever) {
        return ever.reversed().stream()
                .filter(backup -> backup.provenAt().isPresent())
                .findFirst()
                .map(StoredBackup::id);
    }

    private static void assertRemovedInOrder(List<String> removals, List<StoredBackup> stored) {
        for (StoredBackup backup : stored) {
            int position = removals.indexOf(backup.id());
            if (position >= 0 && backup.base().isPresent()) {
                int basePosition = removals.indexOf(backup.base().get());
                assertThat(basePosition).as("base of %s", backup.id()).matches(base -> base < 0 || base > position);
            }
        }
    }

    /** Two words of each reason tell which kind it is. */
    private void remember(RetentionPlan plan) {
        for (Decision decision : plan.decisions()) {
            for (String reason : decision.reasons()) {
                String[] words = reason.split(" ", 3);
                wordsSeen.add(words[0] + " " + words[1]);
            }
        }
    }

    private static List<StoredBackup> shuffled(List<StoredBackup> backups, long seed) {
        List<StoredBackup> shuffled = new ArrayList<>(backups);
        Collections.shuffle(shuffled, new Random(seed));
        return shuffled;
    }
}
