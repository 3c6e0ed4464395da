package io.lifeboat.activity.retention;

import io.lifeboat.runbook.Keep;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/**
 * Decides which backups of one datastore may be removed. The keep rules count backups, not days since, so a backup job that has
 * failed for a year, or a clock that runs ahead, never makes the last ones go.
 */
public final class RetentionPlanner {
    private final Keep keep;
    private final Duration unfinishedAfter;

    /** @param unfinishedAfter for how long nothing must have been written to a backup without a manifest before it is cleared away */
    public RetentionPlanner(Keep keep, Duration unfinishedAfter) {
        this.keep = keep;
        this.unfinishedAfter = unfinishedAfter;
    }

    /**
     * Pure: nothing is looked at but what is given.
     *
     * @param backups all of one datastore that have a manifest, in any order
     * @param unfinished all that have none
     */
    public RetentionPlan plan(List<StoredBackup> backups, List<UnfinishedBackup> unfinished, Instant now) {
        List<StoredBackup> newestFirst =
                backups.stream().sorted(StoredBackup.NEWEST_FIRST).toList();
        Chains chains = new Chains(newestFirst, now);
        KeepReasons reasons = new KeepReasons(newestFirst, chains, now);
        reasons.addTheNewest();
        reasons.addRules(keep);
        reasons.addTerms();
        reasons.addNeeded();
        List<Decision> decisions = newestFirst.stream().map(reasons::decide).toList();
        return new RetentionPlan(decisions, removals(decisions, chains), abandoned(unfinished, now));
    }

    private static List<String> removals(List<Decision> decisions, Chains chains) {
        return decisions.reversed().stream()
                .filter(decision -> decision.verdict() == Verdict.REMOVE)
                .map(Decision::backup)
                .sorted(Comparator.comparingInt(chains::depth).reversed())
                .map(StoredBackup::id)
                .toList();
    }

    private List<UnfinishedBackup> abandoned(List<UnfinishedBackup> unfinished, Instant now) {
        Instant latest = now.minus(unfinishedAfter);
        return unfinished.stream()
                .filter(backup -> backup.lastWrittenAt().isBefore(latest))
                .filter(backup -> backup.lockedUntil().filter(now::isBefore).isEmpty())
                .sorted(Comparator.comparing(UnfinishedBackup::lastWrittenAt).thenComparing(UnfinishedBackup::id))
                .toList();
    }
}
