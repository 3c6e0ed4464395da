package io.lifeboat.workflow.backup;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the buckets hold of a service.
 *
 * @param schemaVersion 1
 * @param unreadable one sentence for each place that could not be listed
 */
public record BackupListing(
        int schemaVersion, String service, Instant listedAt, List<Series> series, List<String> unreadable) {

    /**
     * The backups of one policy.
     *
     * @param everySeconds the longest time between two of them, by the policy
     * @param count all of them, listed here or not
     * @param storedBytes of those that are listed here, in every place
     */
    public record Series(
            String datastore,
            String policy,
            String method,
            long everySeconds,
            int count,
            long storedBytes,
            List<Listed> backups) {
        public Series {
            backups = List.copyOf(backups);
        }
    }

    /**
     * A backup, newest first in its series.
     *
     * @param takenAt the slot it was taken in
     * @param storedBytes in the place that has most of it
     * @param regions where it exists
     * @param missingIn where it should exist and does not
     * @param unfinishedIn where it was begun and has no manifest
     * @param provenAt when a restore last proved it
     */
    public record Listed(
            String id,
            Instant takenAt,
            long storedBytes,
            List<String> regions,
            List<String> missingIn,
            List<String> unfinishedIn,
            Optional<Instant> provenAt) {
        public Listed {
            regions = List.copyOf(regions);
            missingIn = List.copyOf(missingIn);
            unfinishedIn = List.copyOf(unfinishedIn);
        }

        /** Whether there is a backup at all: its manifest is in some place. */
        public boolean exists() {
            return !regions.isEmpty();
        }
    }

    public BackupListing {
        series = List.copyOf(series);
        unreadable = List.copyOf(unreadable);
    }
}
