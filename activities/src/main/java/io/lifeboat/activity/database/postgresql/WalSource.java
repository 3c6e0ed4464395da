package io.lifeboat.activity.database.postgresql;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Where a recovery gets the archived write-ahead log. Asked by one thread at a time. */
public interface WalSource {
    /**
     * Copies a file of the log, plain and whole.
     *
     * @param fileName a segment such as {@code 000000010000000000000002}, or a history such as {@code 00000002.history}
     * @param to a file that does not exist yet
     * @return false when there is none, which a recovery takes for the end of the log
     * @throws IOException when that cannot be told or the copy failed; the recovery is then given up, never cut short
     */
    boolean fetch(String fileName, Path to) throws IOException;

    /** The newest segment there is of a timeline, which tells a gap from the end of the log. */
    Optional<String> newestSegment(long timeline) throws IOException;
}
