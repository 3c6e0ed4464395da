package io.lifeboat.activity.wal;

import io.lifeboat.activity.database.Lsn;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One segment of a timeline's log, which the server keeps as one file.
 *
 * @param number counted from the log's beginning
 * @param bytes the server's {@code wal_segment_size}, a power of two
 */
public record WalSegment(long timeline, long number, long bytes) {
    /** As servers come. */
    static final long USUAL_BYTES = 16 << 20;

    private static final Pattern NAME = Pattern.compile("[0-9A-F]{24}");
    private static final long LOG_FILE = 1L << 32;

    public WalSegment {
        if (bytes <= 0 || Long.bitCount(bytes) != 1) {
            throw new IllegalArgumentException("no server has segments of " + bytes + " bytes");
        }
    }

    /** The segment that holds the byte at a position. */
    public static WalSegment containing(long timeline, Lsn position, long bytes) {
        return new WalSegment(timeline, Long.divideUnsigned(position.position(), bytes), bytes);
    }

    /** Reads a file name such as {@code 000000010000000000000003}; absent when it is none. */
    public static Optional<WalSegment> parse(String name, long bytes) {
        if (!NAME.matcher(name).matches()) {
            return Optional.empty();
        }
        long number = hex(name, 8) * (LOG_FILE / bytes) + hex(name, 16);
        return Optional.of(new WalSegment(hex(name, 0), number, bytes));
    }

    /** The file's name on the server. */
    public String name() {
        long perLogFile = LOG_FILE / bytes;
        return String.format(Locale.ROOT, "%08X%08X%08X", timeline, number / perLogFile, number % perLogFile);
    }

    public Lsn start() {
        return new Lsn(number * bytes);
    }

    /** The position behind its last byte. */
    public Lsn end() {
        return new Lsn((number + 1) * bytes);
    }

    public WalSegment next() {
        return new WalSegment(timeline, number + 1, bytes);
    }

    @Override
    public String toString() {
        return name();
    }

    private static long hex(String name, int from) {
        return Long.parseLong(name, from, from + 8, 16);
    }
}
