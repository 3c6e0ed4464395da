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
 * only when the plain bytes are what it says, too; otherwise reading fails with a {@link CannotOpenException}.
 */
public final class SealedInput extends FilterInputStream {
    private final Sums expected;
    private final CountingDigest plain = new CountingDigest();
    private final ComparedInput stored;
    private boolean checked;

    /**
     * @param name of the stored object, for messages
     * @param stored the sealed bytes; closed with this
     */
    public SealedInput(String name, Encryption encryption, InputStream stored, Sums expected) throws IOException {
        this(encryption, new ComparedInput(name, stored, expected), expected);
    }

    private SealedInput(Encryption encryption, ComparedInput stored, Sums expected) throws IOException {
        super(new ZstdInputStream(encryption.open(stored)));
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
        stored.transferTo(OutputStream.nullOutputStream());
        if (plain.bytes() != expected.plainBytes() || !plain.sha256().equals(expected.plainSha256())) {
            throw new CannotOpenException("it holds " + plain.bytes() + " bytes with SHA-256 " + plain.sha256()
                    + ", and its manifest says " + expected.plainBytes() + " with " + expected.plainSha256());
        }
    }
}
