package io.lifeboat.activity.pulse;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.lifeboat.activity.database.Marker;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The acknowledged markers of one pulse in the last fifteen minutes, oldest first. A number that no span holds was never
 * acknowledged: a gap is not a loss.
 *
 * @param pulse name of the pulse
 * @param systemIdentifier of the cluster that acknowledged the newest marker
 * @param timeline of the primary that acknowledged the newest marker
 */
public record PulseRecord(
        String service, String datastore, String pulse, long systemIdentifier, long timeline, List<Span> spans) {

    /** How long acknowledged markers are remembered. */
    public static final long WINDOW_MILLIS = 15 * 60_000L;

    /** A span is closed after this time, so that forgetting whole spans keeps the window exact to it. */
    private static final long SPAN_MILLIS = 60_000L;

    /**
     * Consecutive acknowledged numbers.
     *
     * @param region of the primary that acknowledged them
     * @param fromMillis when the first was sent, on the pulse's clock
     * @param toMillis when the last was sent, on the pulse's clock
     */
    public record Span(String region, long from, long to, long fromMillis, long toMillis) {
        @JsonIgnore
        public long count() {
            return to - from + 1;
        }
    }

    public PulseRecord {
        spans = List.copyOf(spans);
    }

    /** A pulse that has not had a marker acknowledged yet. */
    public static PulseRecord empty(String service, String datastore, String pulse) {
        return new PulseRecord(service, datastore, pulse, 0, 0, List.of());
    }

    /** The highest number acknowledged so far; 0 where there is none. */
    @JsonIgnore
    public long highest() {
        return newest().map(Span::to).orElse(0L);
    }

    @JsonIgnore
    public Optional<Span> newest() {
        return spans.isEmpty() ? Optional.empty() : Optional.of(spans.getLast());
    }

    /** What other regions than {@code region} acknowledged: what a database promoted there should hold. */
    public List<Span> outside(String region) {
        return spans.stream().filter(span -> !span.region().equals(region)).toList();
    }

    /** This record with one more acknowledged marker, without what has left the window. */
    public PulseRecord acknowledged(Marker marker, String region, long systemIdentifier, long timeline) {
        List<Span> next = new ArrayList<>(spans);
        next.removeIf(span -> span.toMillis() < marker.atMillis() - WINDOW_MILLIS);
        Span added = new Span(region, marker.number(), marker.number(), marker.atMillis(), marker.atMillis());
        if (!next.isEmpty() && continues(next.getLast(), added)) {
            Span last = next.removeLast();
            added = new Span(region, last.from(), marker.number(), last.fromMillis(), marker.atMillis());
        }
        next.add(added);
        return new PulseRecord(service, datastore, pulse, systemIdentifier, timeline, next);
    }

    private static boolean continues(Span last, Span next) {
        return last.region().equals(next.region())
                && last.to() + 1 == next.from()
                && next.fromMillis() - last.fromMillis() < SPAN_MILLIS;
    }
}
