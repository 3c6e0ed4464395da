package io.lifeboat.activity.retention;

import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

/**
 * What retention has to know of one backup that has a manifest, readable or not.
 *
 * @param takenAt the moment whose state it holds
 * @param base the backup without which it cannot be restored; empty for a full one, and when an untrusted manifest does not tell
 * @param provenAt when a restore last proved it
 * @param retainUntil when retention may remove it at the earliest, as its manifest says
 * @param lockedUntil until when the store itself refuses to remove any of its objects
 * @param heldUntil until when a compliance hold keeps it
 * @param doubt why its manifest cannot be trusted, in words; empty when it can
 */
public record StoredBackup(
        String id,
        Instant takenAt,
        Optional<String> base,
        Optional<Instant> provenAt,
        Instant retainUntil,
        Optional<Instant> lockedUntil,
        Optional<Instant> heldUntil,
        Optional<String> doubt) {

    /** Ids sort by time, which decides between two of the same moment. */
    static final Comparator<StoredBackup> NEWEST_FIRST = Comparator.comparing(StoredBackup::takenAt)
            .thenComparing(StoredBackup::id)
            .reversed();

    /**
     * One of whose manifest nothing is known.
     *
     * @param takenAt as far as its id or its objects tell
     */
    public static StoredBackup unreadable(String id, Instant takenAt, String doubt) {
        Optional<Instant> unknown = Optional.empty();
        return new StoredBackup(id, takenAt, Optional.empty(), unknown, takenAt, unknown, unknown, Optional.of(doubt));
    }
}
