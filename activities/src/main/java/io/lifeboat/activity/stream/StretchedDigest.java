package io.lifeboat.activity.stream;

import java.util.ArrayList;
import java.util.List;

/**
 * SHA-256 and length of what has passed, and of its beginning after every {@link #STRETCH}: whoever reads it again can compare it
 * stretch by stretch, before any of it is used, instead of reading all of it twice.
 */
final class StretchedDigest {
    /** Held in memory by the reader. The sums of a stored TB are 4 MB then. */
    static final int STRETCH = 16 << 20;

    private final int stretch;
    private final CountingDigest digest = new CountingDigest();
    private final List<String> beginnings = new ArrayList<>();

    StretchedDigest() {
        this(STRETCH);
    }

    /** For tests, which can do with less. */
    StretchedDigest(int stretch) {
        this.stretch = stretch;
    }

    void add(byte[] passed, int offset, int length) {
        for (int done = 0; done < length; ) {
            int count = (int) Math.min(length - done, stretch - digest.bytes() % stretch);
            digest.add(passed, offset + done, count);
            done += count;
            if (digest.bytes() % stretch == 0) {
                beginnings.add(digest.sha256());
            }
        }
    }

    long bytes() {
        return digest.bytes();
    }

    /** Of all that has passed; 64 hexadecimal digits. */
    String sha256() {
        return digest.sha256();
    }

    /** Of the first stretch, of the first two together, and so on; 64 hexadecimal digits each. */
    List<String> beginnings() {
        return List.copyOf(beginnings);
    }
}
