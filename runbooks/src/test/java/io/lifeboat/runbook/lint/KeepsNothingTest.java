package io.lifeboat.runbook.lint;

import static org.assertj.core.api.Assertions.assertThat;

import io.lifeboat.runbook.Runbooks;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeepsNothingTest {
    private final LintRule rule = new KeepsNothing();

    private static final String KEEP = "keep: { hourly: 0, daily: 7, weekly: 4, monthly: 12, yearly: 2 }";
    private static final String NOTHING = "keep: { hourly: 0, daily: 0, weekly: 0, monthly: 0, yearly: 0 }";

    @Test
    void acceptsAnyCountAboveZero() {
        for (String kept : List.of("hourly: 0", "daily: 0", "weekly: 0", "monthly: 0", "yearly: 0")) {
            String keep = NOTHING.replace(kept, kept.replace("0", "1"));

            assertThat(findings(Runbooks.ordersWith(KEEP, keep))).as(keep).isEmpty();
        }
    }

    @Test
    void findsThatAllCountsAreZero() {
        assertThat(findings(Runbooks.ordersWith(KEEP, NOTHING)))
                .containsExactly(
                        "r.yaml:34:9: error: Every backup \"nightly\" of \"orders-db\" may be removed as soon as"
                                + " the next is taken: all counts are 0. Keep some, such as daily: 7. [keeps-nothing]");
    }

    @Test
    void acceptsNoCountsWhereEveryBackupIsHeld() {
        assertThat(findings(Runbooks.ordersWith(KEEP, NOTHING + "\n        holdFor: 365d")))
                .isEmpty();
    }

    @Test
    void findsASecondPolicyThatKeepsNothing() {
        String text = Runbooks.ordersWith("\nworkloads:", Runbooks.policy("hourly", NOTHING) + "\nworkloads:");

        assertThat(rule.check(Runbooks.read(text)))
                .extracting(Finding::key)
                .containsExactly("datastores[0].backups[1].keep");
    }

    private List<String> findings(String text) {
        return rule.check(Runbooks.read(text)).stream().map(Finding::toString).toList();
    }
}
