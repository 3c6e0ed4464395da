package io.lifeboat.activity.database;

/**
 * A position in a write-ahead log.
 *
 * @param position bytes since the log began, unsigned
 */
public record Lsn(long position) implements Comparable<Lsn> {

    /** Reads the form {@code 16/B374D848}. */
    public static Lsn parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 1) {
            throw new IllegalArgumentException("\"" + text + "\" is no log position such as 16/B374D848");
        }
        long high = Long.parseLong(text, 0, slash, 16);
        long low = Long.parseLong(text, slash + 1, text.length(), 16);
        return new Lsn((high << 32) | low);
    }

    /** How many bytes {@code other} is ahead of this position; negative where it is behind. */
    public long bytesTo(Lsn other) {
        return other.position - position;
    }

    @Override
    public int compareTo(Lsn other) {
        return Long.compareUnsigned(position, other.position);
    }

    @Override
    public String toString() {
        return Long.toHexString(position >>> 32).toUpperCase(java.util.Locale.ROOT) + "/"
                + Long.toHexString(position & 0xFFFF_FFFFL).toUpperCase(java.util.Locale.ROOT);
    }
}
