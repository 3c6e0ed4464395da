package io.lifeboat.lab.bench.backup;

import io.lifeboat.activity.backup.BackupTaker;
import io.lifeboat.activity.database.DatabaseInstance;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** A source of as many bytes as one likes, half of them random and half text. */
record SyntheticTaker(long bytes) implements BackupTaker {
    static final String PART = "stream";

    private static final int PIECE = 1 << 20;

    @Override
    public String method() {
        return "synthetic";
    }

    @Override
    public Taken take(DatabaseInstance source, Parts parts) throws IOException {
        byte[] random = new byte[PIECE / 2];
        byte[] piece = new byte[PIECE];
        byte[] words = "the quick brown fox jumps over the lazy dog ".getBytes(StandardCharsets.US_ASCII);
        for (int at = 0; at < PIECE; at++) {
            piece[at] = words[at % words.length];
        }
        SplittableRandom chance = new SplittableRandom(bytes);
        try (Part part = parts.begin(PART, "bytes that were made up")) {
            OutputStream target = part.bytes();
            for (long sent = 0; sent < bytes; sent += PIECE) {
                chance.nextBytes(random);
                System.arraycopy(random, 0, piece, 0, random.length);
                Arrays.fill(piece, PIECE - Long.BYTES, PIECE, (byte) (sent / PIECE));
                target.write(piece);
            }
            part.finish();
        }
        return new Taken(Instant.now(), Map.of(), Map.of(), List.of());
    }
}
