package io.lifeboat.runbook.lint;

import io.lifeboat.runbook.DurationText;
import io.lifeboat.runbook.Firings;
import io.lifeboat.runbook.Runbook;
import io.lifeboat.runbook.RunbookDocument;
import io.lifeboat.runbook.Schedule;
import io.lifeboat.runbook.Schedule.Procedure;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A backup policy that promises more backups than its schedule takes. Whether the promise is enough for the RPO is what
 * {@link NoRecoverySource} judges.
 */
final class BackupScheduledTooRarely implements LintRule {
    @Override
    public String id() {
        return "backup-scheduled-too-rarely";
    }

    @Override
    public List<Finding> check(RunbookDocument document) {
        return DeclaredPolicy.all(document.runbook()).stream()
                .flatMap(declared -> judge(document, declared).stream())
                .toList();
    }

    private Optional<Finding> judge(RunbookDocument document, DeclaredPolicy declared) {
        Runbook runbook = document.runbook();
        Duration every = declared.policy().every();
        return runbook.schedules().stream()
                .filter(s ->
                        s.serves(Procedure.NIGHTLY_BACKUP, declared.datastore().name()))
                .min(Comparator.comparing((Schedule s) -> longest(s.firings())))
                .filter(densest -> longest(densest.firings()).compareTo(every) > 0)
                .map(densest -> finding(document, declared, densest));
    }

    private Finding finding(RunbookDocument document, DeclaredPolicy declared, Schedule densest) {
        String key = "schedules[" + document.runbook().schedules().indexOf(densest) + "].cron";
        String every = DurationText.of(declared.policy().every());
        String longest = DurationText.of(longest(densest.firings()));
        Duration ordinarily = longest(densest.firings().withoutClockChanges());
        if (ordinarily.compareTo(declared.policy().every()) <= 0) {
            return Finding.warning(
                    this,
                    document,
                    key,
                    "When the clocks of %s change, %s pass between two backups %s, which promises one every %s."
                            .formatted(densest.timeZone(), longest, declared.title(), every),
                    "Schedule it in UTC, or promise one every %s.".formatted(longest));
        }
        return Finding.error(
                this,
                document,
                key,
                "Up to %s pass between two backups %s, which promises one every %s."
                        .formatted(longest, declared.title(), every),
                "Run NightlyBackup at least every %s, or promise one every %s.".formatted(every, longest));
    }

    private static Duration longest(Firings firings) {
        return firings.gaps().map(Firings.Gaps::longest).orElseThrow();
    }
}
