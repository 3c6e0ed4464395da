package io.lifeboat.activity.wal;

import io.lifeboat.activity.database.Lsn;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A file of the archive. */
sealed interface WalFile {
    /** Its name in the archive; without {@link Partial}'s ending, the name the server asks for it by. */
    String name();

    long timeline();

    /** The segment it holds, or a part of. */
    default Optional<WalSegment> ofSegment() {
        return switch (this) {
            case Full full -> Optional.of(full.segment());
            case Partial part -> Optional.of(part.segment());
            case History history -> Optional.empty();
        };
    }

    /** A whole segment. */
    record Full(WalSegment segment) implements WalFile {
        @Override
        public String name() {
            return segment.name();
        }

        @Override
        public long timeline() {
            return segment.timeline();
        }
    }

    /** The beginning of a segment that was not complete yet. */
    record Partial(WalSegment segment, long length) implements WalFile {
        private static final String ENDING = ".partial";
        private static final Pattern NAME = Pattern.compile("([0-9A-F]{24})\\.([0-9A-F]{8})\\.partial");

        @Override
        public String name() {
            return segment.name() + String.format(Locale.ROOT, ".%08X", length) + ENDING;
        }

        @Override
        public long timeline() {
            return segment.timeline();
        }

        /** The position behind its last byte. */
        Lsn end() {
            return new Lsn(segment.start().position() + length);
        }
    }

    /** Where a timeline's ancestors ended. */
    record History(long timeline) implements WalFile {
        private static final Pattern NAME = Pattern.compile("([0-9A-F]{8})\\.history");

        @Override
        public String name() {
            return String.format(Locale.ROOT, "%08X.history", timeline);
        }
    }

    /** Reads a name; absent when no file of the archive is called so. */
    static Optional<WalFile> parse(String name, long segmentBytes) {
        Matcher history = History.NAME.matcher(name);
        if (history.matches()) {
            return Optional.of(new History(Long.parseLong(history.group(1), 16)));
        }
        Matcher partial = Partial.NAME.matcher(name);
        if (partial.matches()) {
            long length = Long.parseLong(partial.group(2), 16);
            return WalSegment.parse(partial.group(1), segmentBytes).map(segment -> new Partial(segment, length));
        }
        return WalSegment.parse(name, segmentBytes).map(Full::new);
    }
}
