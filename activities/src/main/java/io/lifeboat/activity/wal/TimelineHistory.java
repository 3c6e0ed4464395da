package io.lifeboat.activity.wal;

import io.lifeboat.activity.database.Lsn;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The timelines a server has come through, oldest first, as its history file tells them.
 *
 * @param timeline the one it is on
 */
record TimelineHistory(long timeline, List<Ancestor> ancestors) {
    /** @param end where its log was left, the first position that is not its own */
    record Ancestor(long timeline, Lsn end) {}

    TimelineHistory {
        ancestors = List.copyOf(ancestors);
    }

    /** Reads {@code 00000003.history}: timeline, position and reason in each line. */
    static TimelineHistory parse(long timeline, byte[] file) {
        List<Ancestor> ancestors = new ArrayList<>();
        for (String line : new String(file, StandardCharsets.UTF_8).lines().toList()) {
            String[] fields = line.strip().split("\\s+", 3);
            if (fields.length >= 2 && !fields[0].startsWith("#")) {
                ancestors.add(new Ancestor(Long.parseLong(fields[0]), Lsn.parse(fields[1])));
            }
        }
        return new TimelineHistory(timeline, ancestors);
    }

    boolean contains(long candidate) {
        return candidate == timeline || end(candidate).isPresent();
    }

    /** Where a timeline was left; absent for the one that is still written. */
    Optional<Lsn> end(long candidate) {
        return ancestors.stream()
                .filter(ancestor -> ancestor.timeline() == candidate)
                .map(Ancestor::end)
                .findFirst();
    }

    /** The timeline that the byte at a position belongs to. */
    long at(Lsn position) {
        return ancestors.stream()
                .filter(ancestor -> position.compareTo(ancestor.end()) < 0)
                .map(Ancestor::timeline)
                .findFirst()
                .orElse(timeline);
    }

    /** The timeline that follows an ancestor. */
    long after(long ancestor) {
        return at(end(ancestor).orElseThrow());
    }
}
