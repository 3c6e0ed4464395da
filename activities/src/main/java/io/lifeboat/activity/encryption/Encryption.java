package io.lifeboat.activity.encryption;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;

/**
 * Seals a backup for the holders of one data class's keys, in a format that stock tools open without Lifeboat. Every sealed
 * stream has a data key of its own, wrapped for each holder, so that any one of them can open it alone.
 */
public interface Encryption {
    /** Name of the format, as the manifest tells it. */
    String format();

    /** Names of the holders a stream is sealed for, as the manifest tells them: the regions, and {@code escrow}. */
    List<String> holders();

    /**
     * Begins to seal. Closing the returned stream ends the sealed one; without that nobody can open it.
     *
     * @param sealed takes the sealed bytes; it is not closed
     * @throws CannotSealException when the key of a holder cannot be reached; nothing is sealed for fewer unasked
     */
    OutputStream seal(OutputStream sealed) throws IOException;

    /**
     * Begins to open, with the keys this worker has.
     *
     * @param sealed the sealed bytes; closed together with the returned stream
     * @throws NoFittingKeyException when none of the worker's keys fits, or none of those that fit can be reached
     * @throws CannotOpenException when the bytes are no sealed stream; while reading, when a byte was changed
     */
    InputStream open(InputStream sealed) throws IOException;
}
