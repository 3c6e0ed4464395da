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

    /**
     * The same for the holders whose keys can be used now: for all parts of one backup, whose manifest then names who is left.
     *
     * @throws CannotSealException when too few are left
     */
    default Encryption reachable() throws CannotSealException {
        return this;
    }

    /**
     * The same keys for a stream of that format, which may be another one than what is sealed with now.
     *
     * @throws NoFittingKeyException when the worker has no key for it
     */
    default Encryption in(String format) throws NoFittingKeyException {
        if (format.equals(format())) {
            return this;
        }
        throw new NoFittingKeyException("it is sealed with " + format
                + ", and for its data class the worker has keys for " + format() + " alone");
    }
}
