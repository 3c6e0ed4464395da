package io.lifeboat.activity.stream;

import com.github.luben.zstd.ZstdIOException;
import com.github.luben.zstd.ZstdInputStream;
import io.lifeboat.activity.encryption.CannotOpenException;
import io.lifeboat.activity.encryption.Encryption;
import io.lifeboat.activity.manifest.Sums;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * Gives the plain bytes of a backup back. Nothing is opened that is not what was stored, as the manifest says, and its end is reached
 * only when the plain bytes are what it says, too, their SHA-256 unless the reader compares them himself; otherwise reading fails with a
 * {@link CannotOpenException}.
 */
public final class SealedInput extends FilterInputStream {
    private final Sums expected;
    private final CountingDigest plain = new CountingDigest();
    private final boolean summed;
    private final ComparedInput stored;
    private long bytes;
    private boolean checked;

    /**
     * @param name of the stored object, for messages
     * @param stored the sealed bytes; closed with this
     */
    public SealedInput(
            String name, Encryption encryption, InputStream stored, Sums expected, PlainComparison comparison)
            throws IOException {
        this(encryption, new ComparedInput(name, stored, expected), expected, comparison);
    }

    private SealedInput(Encryption encryption, ComparedInput stored, Sums expected, PlainComparison comparison)
            throws IOException {
        super(new ZstdInputStream(encryption.open(stored)));
        this.summed = comparison == PlainComparison.BY_SUM;
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
            this.bytes += count;
            if (summed) {
                plain.add(bytes, offset, count);
            }
        } else if (count < 0 && !checked) {
            checked = true;
            check();
        }
        return count;
    }

    private void check() throws IOException {
        stored.transferTo(OutputStream.nullOutputStream());
        if (bytes != expected.plainBytes()) {
            throw new CannotOpenException(
                    "it holds " + bytes + " bytes, and its manifest says " + expected.plainBytes());
        }
        if (summed && !plain.sha256().equals(expected.plainSha256())) {
            throw new CannotOpenException("what it holds has SHA-256 " + plain.sha256() + ", and its manifest says "
                    + expected.plainSha256());
        }
    }
}
