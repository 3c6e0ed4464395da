package io.lifeboat.activity.retention;

import java.time.Duration;
import java.time.Instant;

/** From which age on a backup is stored warm, and cold. Equal ages leave the warm tier out. */
public record TierAges(Duration warm, Duration cold) {
    public TierAges {
        if (warm.isNegative() || cold.compareTo(warm) < 0) {
            throw new IllegalArgumentException(
                    "Cannot store backups warm from %s and cold from %s on: an age is at least zero, and cold begins no earlier than warm. Change the ages."
                            .formatted(warm, cold));
        }
    }

    /** The tier of a backup taken then; a moment still to come is hot. */
    public StorageTier tierAt(Instant now, Instant takenAt) {
        Duration age = Duration.between(takenAt, now);
        if (age.compareTo(cold) >= 0) {
            return StorageTier.COLD;
        }
        return age.compareTo(warm) >= 0 ? StorageTier.WARM : StorageTier.HOT;
    }
}
