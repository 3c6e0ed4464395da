package io.lifeboat.activity.encryption.kms;

import com.amazonaws.encryptionsdk.AwsCrypto;
import com.amazonaws.encryptionsdk.exception.BadCiphertextException;
import io.lifeboat.activity.encryption.CannotOpenException;
import io.lifeboat.activity.encryption.NoFittingKeyException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Gives the opened bytes, by pushing the sealed ones through the library piece by piece: its own input stream was measured at a
 * fifth of that speed. Holds one piece and what it opens to, about 1 MiB.
 */
final class OpenedInput extends InputStream {
    private static final int PIECE = 1 << 18;

    private final InputStream sealed;
    private final AnyHolder keyring;
    private final Opened opened = new Opened();
    private final OutputStream opening;
    private final byte[] piece = new byte[1 + PIECE];
    /** How many bytes at the start of the piece are not pushed yet: none before the first, then one. */
    private int held;

    private boolean ended;
    private @Nullable CannotOpenException failure;

    /** Reads the header. */
    OpenedInput(InputStream sealed, AnyHolder keyring, AwsCrypto library) throws IOException {
        this.sealed = sealed;
        this.keyring = keyring;
        this.opening = library.createUnsignedMessageDecryptingStream(keyring, opened);
        while (keyring.opener().isEmpty()) {
            next();
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        if (failure != null) {
            throw failure;
        }
        while (opened.isEmpty() && !ended && length > 0) {
            next();
        }
        return opened.isEmpty() && length > 0 ? -1 : opened.read(bytes, offset, length);
    }

    private void next() throws IOException {
        int count = sealed.read(piece, held, PIECE);
        try {
            if (count < 0) {
                end();
            } else if (count > 0) {
                int last = held + count - 1;
                opening.write(piece, 0, last);
                piece[0] = piece[last];
                held = 1;
            }
        } catch (CannotOpenException e) {
            failure = e;
            throw e;
        } catch (RuntimeException e) { // the library has many for spoiled bytes
            failure = explained(e);
            throw failure;
        }
    }

    /** The library ignores what comes after the end of a message. A message that is whole before its last byte has too many. */
    private void end() throws IOException {
        if (held == 0) {
            throw new CannotOpenException("it is empty");
        }
        if (keyring.opener().isPresent() && isWhole()) {
            throw new CannotOpenException("something was added to its end");
        }
        opening.write(piece, 0, held);
        opening.close();
        ended = true;
    }

    private boolean isWhole() throws IOException {
        try {
            opening.close();
            return true;
        } catch (BadCiphertextException notYet) {
            return false;
        }
    }

    private CannotOpenException explained(RuntimeException e) {
        if (keyring.opener().isPresent()) {
            return new CannotOpenException("a part of it is missing or is not what was sealed", e);
        }
        if (keyring.refusals().isEmpty()) {
            return new CannotOpenException("it is not what was sealed", e);
        }
        return new NoFittingKeyException(
                "none of the worker's keys opens it: " + String.join("; ", keyring.refusals()), e);
    }

    @Override
    public void close() throws IOException {
        sealed.close();
    }

    /** What was opened and not read yet. */
    private static final class Opened extends ByteArrayOutputStream {
        private int read;

        boolean isEmpty() {
            return read == count;
        }

        int read(byte[] bytes, int offset, int length) {
            int some = Math.min(length, count - read);
            System.arraycopy(buf, read, bytes, offset, some);
            read += some;
            if (isEmpty()) {
                reset();
                read = 0;
            }
            return some;
        }
    }
}
