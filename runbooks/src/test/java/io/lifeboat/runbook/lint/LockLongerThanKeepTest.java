package io.lifeboat.runbook.lint;

import static org.assertj.core.api.Assertions.assertThat;

import io.lifeboat.runbook.Runbooks;
import java.util.List;
import org.junit.jupiter.api.Test;

class LockLongerThanKeepTest {
    private final LintRule rule = new LockLongerThanKeep();

    private static final String KEEP = "keep: { hourly: 0, daily: 7, weekly: 4, monthly: 12, yearly: 2 }";

    @Test
    void acceptsALockThatEndsBeforeTheLastBackupIsRemoved() {
        assertThat(findings(Runbooks.orders())).isEmpty();
        assertThat(findings(keeping("hourly: 0, daily: 30, weekly: 0, monthly: 0, yearly: 0")))
                .isEmpty();
    }

    @Test
    void warnsOfALockThatOutlastsEveryBackupThatIsKept() {
        assertThat(findings(keeping("hourly: 0, daily: 7, weekly: 4, monthly: 0, yearly: 0")))
                .containsExactly("r.yaml:35:35: warning: No backup \"nightly\" of \"orders-db\" can be deleted for 30d,"
                        + " but none is kept for longer than 28d. Lock them for at most 28d, or keep more."
                        + " [lock-longer-than-keep]");
    }

    @Test
    void knowsThatRareBackupsAreKeptLonger() {
        String daily = keeping("hourly: 30, daily: 0, weekly: 0, monthly: 0, yearly: 0");

        assertThat(findings(daily)).isEmpty();
        assertThat(findings(Runbooks.replace(daily, "every: 24h", "every: 1h"))).hasSize(1);
    }

    @Test
    void acceptsALockAsLongAsAHold() {
        String text = keeping("hourly: 0, daily: 7, weekly: 0, monthly: 0, yearly: 0");

        assertThat(findings(Runbooks.replace(text, "minSize: 1kB", "holdFor: 30d")))
                .isEmpty();
        assertThat(findings(Runbooks.replace(text, "minSize: 1kB", "holdFor: 29d")))
                .hasSize(1);
    }

    @Test
    void acceptsThatThereIsNoLock() {
        String text = keeping("hourly: 1, daily: 0, weekly: 0, monthly: 0, yearly: 0");

        assertThat(findings(Runbooks.replace(text, "        lock: { mode: governance, for: 30d }\n", "")))
                .isEmpty();
    }

    @Test
    void leavesAPolicyThatKeepsNothingToTheRuleAboutIt() {
        String text = keeping("hourly: 0, daily: 0, weekly: 0, monthly: 0, yearly: 0");

        assertThat(findings(text)).isEmpty();
        assertThat(Lint.findings(Runbooks.read(text))).extracting(Finding::rule).containsExactly("keeps-nothing");
    }

    private static String keeping(String counts) {
        return Runbooks.ordersWith(KEEP, "keep: { " + counts + " }");
    }

    private List<String> findings(String text) {
        return rule.check(Runbooks.read(text)).stream().map(Finding::toString).toList();
    }
}
