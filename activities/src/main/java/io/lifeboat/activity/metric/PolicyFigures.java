package io.lifeboat.activity.metric;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What is known of the backups of one policy, as far as its places can be read. Empty means not known or that there is none, which
 * the counts in {@code holdings} tell apart.
 *
 * @param type kind of the datastore and method of the policy, such as {@code postgresql-logical}
 * @param every the longest time between two backups, as the runbook has it
 * @param provable whether its backups are whole, so that a procedure can restore them and prove them
 * @param fresh whether the newest backup is no older than twice that; empty when no place can be read
 * @param newest when the newest backup was taken
 * @param newestBytes its stored size
 * @param proven when a restore last proved one of them
 * @param holdings what it has in each place that can be read, the first place before its copies
 */
public record PolicyFigures(
        String service,
        String datastore,
        String policy,
        String type,
        Duration every,
        boolean provable,
        Optional<Boolean> fresh,
        Optional<Instant> newest,
        Optional<Long> newestBytes,
        Optional<Instant> proven,
        List<Holding> holdings) {

    public PolicyFigures {
        holdings = List.copyOf(holdings);
    }

    /**
     * What a policy has in one place.
     *
     * @param backups how many there are
     * @param storedBytes of them and of what is unfinished
     * @param unfinished folders without a manifest: under way, or left by a run that failed
     * @param unfinishedSince when something was last written to the one that has waited longest
     * @param missing how many backups of the first place are not here; empty for the first place itself, and when that cannot be read
     */
    public record Holding(
            String region,
            String bucket,
            long backups,
            long storedBytes,
            long unfinished,
            Optional<Instant> unfinishedSince,
            Optional<Long> missing) {}
}
