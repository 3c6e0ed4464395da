package io.lifeboat.activity.stream;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Length and SHA-256 of a stored object, read from its beginning to its end. */
public record StoredSum(long bytes, String sha256) {
    private static final int BUFFER = 1 << 18;

    /** @param copy where the bytes go on their way */
    public static StoredSum of(InputStream stored, OutputStream copy) throws IOException {
        CountingDigest digest = new CountingDigest();
        byte[] buffer = new byte[BUFFER];
        for (int count = stored.read(buffer); count >= 0; count = stored.read(buffer)) {
            digest.add(buffer, 0, count);
            copy.write(buffer, 0, count);
        }
        return new StoredSum(digest.bytes(), digest.sha256());
    }

    @Override
    public String toString() {
        return bytes + " bytes with SHA-256 " + sha256;
    }
}
