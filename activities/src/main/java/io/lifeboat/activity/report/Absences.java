package io.lifeboat.activity.report;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** When a run stood still because nobody went on with it. No moment is counted twice: what overlaps is one absence with several signs. */
final class Absences {
    private final List<Absence> seen = new ArrayList<>();

    /** @param signs sentences that say how it was noticed */
    record Absence(Instant from, Instant to, List<String> signs) {
        double seconds() {
            return Duration.between(from, to).toMillis() / 1000.0;
        }

        private boolean reaches(Absence later) {
            return !later.from().isAfter(to);
        }

        private Absence and(Absence later) {
            return new Absence(
                    from,
                    later.to().isAfter(to) ? later.to() : to,
                    Stream.concat(signs.stream(), later.signs().stream())
                            .distinct()
                            .toList());
        }
    }

    void add(Instant from, Instant to, String sign) {
        seen.add(new Absence(from, to, List.of(sign)));
    }

    /** In the order of their beginnings. */
    List<Absence> all() {
        List<Absence> all = new ArrayList<>();
        for (Absence next :
                seen.stream().sorted(Comparator.comparing(Absence::from)).toList()) {
            if (!all.isEmpty() && all.getLast().reaches(next)) {
                all.add(all.removeLast().and(next));
            } else {
                all.add(next);
            }
        }
        return List.copyOf(all);
    }
}
