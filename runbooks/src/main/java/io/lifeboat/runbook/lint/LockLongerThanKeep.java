package io.lifeboat.runbook.lint;

import io.lifeboat.runbook.BackupPolicy;
import io.lifeboat.runbook.DurationText;
import io.lifeboat.runbook.Keep;
import io.lifeboat.runbook.LockPolicy;
import io.lifeboat.runbook.RunbookDocument;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A lock that outlasts every reason to keep a backup, so that storage is paid for what nobody wants. */
final class LockLongerThanKeep implements LintRule {
    @Override
    public String id() {
        return "lock-longer-than-keep";
    }

    @Override
    public List<Finding> check(RunbookDocument document) {
        return DeclaredPolicy.all(document.runbook()).stream()
                .flatMap(declared -> judge(document, declared).stream())
                .toList();
    }

    private Optional<Finding> judge(RunbookDocument document, DeclaredPolicy declared) {
        BackupPolicy policy = declared.policy();
        Duration kept = longestKept(policy);
        // Where nothing is kept, that is the mistake.
        return policy.lock()
                .map(LockPolicy::period)
                .filter(locked -> !kept.isZero() && locked.compareTo(kept) > 0)
                .map(locked -> Finding.warning(
                        this,
                        document,
                        declared.key("lock.for"),
                        "No backup %s can be deleted for %s, but none is kept for longer than %s."
                                .formatted(declared.title(), DurationText.of(locked), DurationText.of(kept)),
                        "Lock them for at most %s, or keep more.".formatted(DurationText.of(kept))));
    }

    private static Duration longestKept(BackupPolicy policy) {
        Keep keep = policy.keep();
        Duration every = policy.every();
        return Stream.of(
                        span(keep.hourly(), Duration.ofHours(1), every),
                        span(keep.daily(), Duration.ofDays(1), every),
                        span(keep.weekly(), Duration.ofDays(7), every),
                        span(keep.monthly(), Duration.ofDays(31), every),
                        span(keep.yearly(), Duration.ofDays(366), every),
                        policy.holdFor().orElse(Duration.ZERO))
                .max(Duration::compareTo)
                .orElseThrow();
    }

    /** Only hours, days and so on that have a backup count, so that of rare backups each stands for a longer time. */
    private static Duration span(int count, Duration unit, Duration every) {
        Duration longer = every.compareTo(unit) > 0 ? every : unit;
        return longer.multipliedBy(count);
    }
}
