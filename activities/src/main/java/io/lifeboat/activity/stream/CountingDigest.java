package io.lifeboat.activity.stream;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 and length of what has passed. */
final class CountingDigest {
    private final MessageDigest digest;
    private long bytes;

    CountingDigest() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java platform has it
        }
    }

    void add(byte[] passed, int offset, int length) {
        digest.update(passed, offset, length);
        bytes += length;
    }

    long bytes() {
        return bytes;
    }

    /** Of what has passed so far; 64 hexadecimal digits. More may pass afterwards. */
    String sha256() {
        try {
            return HexFormat.of().formatHex(((MessageDigest) digest.clone()).digest());
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException(e); // the platform's own SHA-256 can be copied
        }
    }
}
