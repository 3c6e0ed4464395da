package io.lifeboat.activity.retention;

import java.util.List;

/**
 * What retention would do, before it does it.
 *
 * @param decisions one for each backup, newest first
 * @param removals ids of those to remove, in this order: no backup goes before the incrementals that need it. Whoever carries the
 *     plan out stops at the first removal that fails.
 * @param unfinished half-written backups to clear away, oldest first
 */
public record RetentionPlan(List<Decision> decisions, List<String> removals, List<UnfinishedBackup> unfinished) {
    public RetentionPlan {
        decisions = List.copyOf(decisions);
        removals = List.copyOf(removals);
        unfinished = List.copyOf(unfinished);
    }
}
