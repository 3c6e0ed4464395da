package io.lifeboat.activity.backup.stream;

import java.io.IOException;
import java.io.InputStream;

/** Length and SHA-256 of a stored object, read from its beginning to its end. */
public record StoredSum(long bytes, String sha256) {
    private static final int BUFFER = 1 << 18;

    public static StoredSum of(InputStream stored) throws IOException {
        CountingDigest digest = new CountingDigest();
        byte[] buffer = new byte[BUFFER];
        for (int count = stored.read(buffer); count >= 0; count = stored.read(buffer)) {
            digest.add(buffer, 0, count);
        }
        return new StoredSum(digest.bytes(), digest.sha256());
    }
}
