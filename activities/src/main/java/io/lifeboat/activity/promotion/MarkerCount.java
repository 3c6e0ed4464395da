package io.lifeboat.activity.promotion;

import io.lifeboat.activity.database.Marker;
import io.lifeboat.activity.pulse.PulseRecord;
import io.lifeboat.activity.pulse.PulseRecord.Span;
import io.lifeboat.workflow.promotion.PromotionReceipt.MarkerLoss;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What the markers of one pulse say of a database in {@code region}, as against what other regions acknowledged. All times
 * are of the pulse's own clock.
 */
final class MarkerCount {
    /** A pulse that fell silent this long before the newest one did does not know what happened last. */
    private static final long SILENT_MILLIS = 10_000L;

    private final PulseRecord pulse;
    private final List<Span> acknowledged;

    private MarkerCount(PulseRecord pulse, String region) {
        this.pulse = pulse;
        this.acknowledged = pulse.outside(region);
    }

    /** Of the pulses that were alive to the end, the one with the most acknowledged markers; empty when no pulse ran. */
    static Optional<MarkerCount> of(List<PulseRecord> pulses, String region) {
        List<MarkerCount> counts = pulses.stream()
                .map(pulse -> new MarkerCount(pulse, region))
                .filter(count -> !count.acknowledged.isEmpty())
                .toList();
        long newest = counts.stream().mapToLong(MarkerCount::lastMillis).max().orElse(Long.MIN_VALUE);
        return counts.stream()
                .filter(count -> count.lastMillis() >= newest - SILENT_MILLIS)
                .max(Comparator.comparingLong(MarkerCount::total));
    }

    PulseRecord pulse() {
        return pulse;
    }

    /** The first number worth reading from the database. */
    long from() {
        return acknowledged.getFirst().from();
    }

    /**
     * Sent time of the newest acknowledged marker minus that of the newest one the database holds; where it holds none, the
     * whole time that is remembered.
     */
    Duration lag(List<Marker> held) {
        return Duration.ofMillis(Math.max(0, lastMillis() - newestHeldMillis(held)));
    }

    MarkerLoss loss(List<Marker> held) {
        List<Marker> surviving = held.stream().filter(this::isAcknowledged).toList();
        return new MarkerLoss(
                total(),
                total() - surviving.size(),
                lag(surviving).toMillis() / 1000.0,
                surviving.isEmpty() ? 0 : surviving.getLast().number());
    }

    private long newestHeldMillis(List<Marker> held) {
        return held.isEmpty()
                ? acknowledged.getFirst().fromMillis()
                : held.getLast().atMillis();
    }

    private boolean isAcknowledged(Marker marker) {
        return acknowledged.stream().anyMatch(span -> marker.number() >= span.from() && marker.number() <= span.to());
    }

    private long lastMillis() {
        return acknowledged.getLast().toMillis();
    }

    private long total() {
        return acknowledged.stream().mapToLong(Span::count).sum();
    }
}
