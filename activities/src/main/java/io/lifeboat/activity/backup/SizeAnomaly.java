package io.lifeboat.activity.backup;

import io.lifeboat.workflow.backup.ByteCount;
import java.util.List;
import java.util.Optional;

/**
 * Whether a backup is out of line with those of its policy before it: half as large or less, or more than one and a half times and 100 MB
 * larger. The thresholds are those of the alert {@code BackupSizeAnomaly}, which looks at days instead of backups.
 */
final class SizeAnomaly {
    /** As many before it are compared with; with fewer than {@link #FEWEST} nothing is said. */
    static final int MOST = 7;

    private static final int FEWEST = 3;
    private static final double SHRUNK = 0.5;
    private static final double GROWN = 1.5;
    private static final long NOBODYS_PROBLEM = 100_000_000;

    private SizeAnomaly() {}

    /** @param before bytes of the backups before it, of whatever order */
    static Optional<String> of(long bytes, List<Long> before) {
        if (before.size() < FEWEST) {
            return Optional.empty();
        }
        long usual = before.stream().sorted().toList().get(before.size() / 2);
        boolean shrunk = bytes <= SHRUNK * usual;
        boolean grown = bytes > GROWN * usual && bytes > usual + NOBODYS_PROBLEM;
        return shrunk || grown
                ? Optional.of((shrunk ? "It has shrunk" : "It has grown") + " to " + ByteCount.text(bytes)
                        + "; the last " + before.size() + " took " + ByteCount.text(usual)
                        + " in the middle. Find out why before they go.")
                : Optional.empty();
    }
}
