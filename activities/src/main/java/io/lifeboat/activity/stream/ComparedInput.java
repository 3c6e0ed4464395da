package io.lifeboat.activity.stream;

import io.lifeboat.activity.encryption.CannotOpenException;
import io.lifeboat.activity.manifest.Sums;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a stored object, each handed on only when it and all before it were found to be what the manifest says, so that one
 * reading is enough to restore what nobody has compared before. One {@link StretchedDigest#STRETCH} is held in memory. Fails with a
 * {@link CannotOpenException} where the stored bytes are others.
 */
final class ComparedInput extends FilterInputStream {
    private final String name;
    private final Sums expected;
    private final int length;
    private final StretchedDigest digest;
    private final byte[] stretch;
    private int position;
    private int end;
    private @Nullable IOException failure;

    /** @param name of the object, for messages */
    ComparedInput(String name, InputStream stored, Sums expected) {
        this(name, stored, expected, StretchedDigest.STRETCH);
    }

    /** @param length of a stretch */
    ComparedInput(String name, InputStream stored, Sums expected, int length) {
        super(stored);
        this.name = name;
        this.expected = expected;
        this.length = length;
        this.digest = new StretchedDigest(length);
        this.stretch = new byte[(int) Math.min(length, expected.sealedBytes())];
    }

    @Override
    public int read() throws IOException {
        return isAtEnd() ? -1 : stretch[position++] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (isAtEnd()) {
            return -1;
        }
        int count = Math.min(length, end - position);
        System.arraycopy(stretch, position, bytes, offset, count);
        position += count;
        return count;
    }

    @Override
    public long skip(long wanted) throws IOException {
        int count = isAtEnd() ? 0 : (int) Math.min(Math.max(wanted, 0), end - position);
        position += count;
        return count;
    }

    @Override
    public int available() {
        return end - position;
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    private boolean isAtEnd() throws IOException {
        if (position == end && (failure != null || digest.bytes() < expected.sealedBytes())) {
            fill();
        }
        return position == end;
    }

    /** What has failed once fails again: what is read after a failure would not be what follows. */
    private void fill() throws IOException {
        if (failure != null) {
            throw failure;
        }
        try {
            readStretch();
        } catch (IOException e) {
            failure = e;
            throw e;
        } catch (RuntimeException e) {
            failure = new IOException("reading " + name + " has broken off before", e);
            throw e;
        }
    }

    private void readStretch() throws IOException {
        long before = digest.bytes();
        int wanted = (int) Math.min(stretch.length, expected.sealedBytes() - before);
        int count = in.readNBytes(stretch, 0, wanted);
        digest.add(stretch, 0, count);
        boolean last = before + wanted == expected.sealedBytes();
        if (count < wanted) {
            throw damaged("has " + digest.bytes() + " bytes, and " + expected.sealedBytes() + " were stored");
        }
        if (last && in.read() >= 0) {
            throw damaged("has more bytes than the " + expected.sealedBytes() + " that were stored");
        }
        String sum = last ? expected.sealedSha256() : beginning(before);
        if (!digest.sha256().equals(sum)) {
            throw damaged("has other bytes than were stored, between " + before + " and " + digest.bytes());
        }
        position = 0;
        end = count;
    }

    private String beginning(long before) throws CannotOpenException {
        List<String> beginnings = expected.sealedBeginnings();
        int number = (int) (before / length);
        if (number >= beginnings.size()) {
            throw damaged("has no signed SHA-256 of its beginning");
        }
        return beginnings.get(number);
    }

    private CannotOpenException damaged(String seen) {
        return new CannotOpenException(name + " " + seen);
    }
}
