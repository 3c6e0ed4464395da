package io.lifeboat.activity.stream;

import com.github.luben.zstd.ZstdIOException;
import com.github.luben.zstd.ZstdInputStream;
import io.lifeboat.activity.encryption.CannotOpenException;
import io.lifeboat.activity.encryption.Encryption;
import io.lifeboat.activity.manifest.Sums;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * Gives the plain bytes of a backup back. Its end is reached only when every byte, sealed and plain, was what the manifest says;
 * otherwise reading fails with a {@link CannotOpenException}, at the latest in place of the end.
 */
public final class SealedInput extends FilterInputStream {
    private static final int BUFFER = 1 << 18;

    private final Sums expected;
    private final CountingDigest plain = new CountingDigest();
    private final Stored stored;
    private boolean checked;

    /** @param stored the sealed bytes; closed with this */
    public SealedInput(Encryption encryption, InputStream stored, Sums expected) throws IOException {
        this(encryption, new Stored(stored), expected);
    }

    private SealedInput(Encryption encryption, Stored stored, Sums expected) throws IOException {
        super(new ZstdInputStream(encryption.open(new BufferedInputStream(stored, BUFFER))));
        this.stored = stored;
        this.expected = expected;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int count;
        try {
            count = in.read(bytes, offset, length);
        } catch (ZstdIOException e) {
            throw new CannotOpenException("it is not what was compressed", e);
        }
        if (count > 0) {
            plain.add(bytes, offset, count);
        } else if (count < 0 && !checked) {
            checked = true;
            check();
        }
        return count;
    }

    private void check() throws IOException {
        stored.readToItsEnd();
        Sums seen = new Sums(plain.bytes(), plain.sha256(), stored.digest.bytes(), stored.digest.sha256());
        if (!seen.equals(expected)) {
            throw new CannotOpenException("it holds " + seen + ", and its manifest says " + expected);
        }
    }

    private static final class Stored extends FilterInputStream {
        private final CountingDigest digest = new CountingDigest();

        Stored(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int count = in.read(bytes, offset, length);
            if (count > 0) {
                digest.add(bytes, offset, count);
            }
            return count;
        }

        private void readToItsEnd() throws IOException {
            transferTo(OutputStream.nullOutputStream());
        }
    }
}
