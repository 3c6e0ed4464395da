package io.lifeboat.activity.restore;

import io.lifeboat.activity.database.DatabaseEngine;
import io.lifeboat.activity.database.DatabaseInstance;
import io.lifeboat.activity.database.Marker;
import io.lifeboat.activity.pulse.PulseRecord;
import io.lifeboat.workflow.restore.ReplacementReceipt.Loss;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What a restored copy lacks of the markers that the service's database has acknowledged, by the pulse's own clock (invariant I9). */
final class MarkerGap {
    private static final Duration QUESTION = Duration.ofSeconds(30);

    private final DatabaseEngine engine;
    private final DatabaseInstance copy;

    MarkerGap(DatabaseEngine engine, DatabaseInstance copy) {
        this.engine = engine;
        this.copy = copy;
    }

    /** By the pulse that was alive last; empty where none ran, or none did when the restored state was the present. */
    Optional<Loss> of(List<PulseRecord> pulses) {
        return pulses.stream()
                .filter(pulse -> pulse.newest().isPresent())
                .sorted(Comparator.comparingLong(
                                (PulseRecord pulse) -> newest(pulse).toMillis())
                        .reversed())
                .flatMap(pulse -> gap(pulse).stream())
                .findFirst();
    }

    private Optional<Loss> gap(PulseRecord pulse) {
        PulseRecord.Span newest = newest(pulse);
        List<Marker> held = engine.markers(copy, pulse.pulse(), 0, QUESTION);
        if (held.isEmpty()) {
            return Optional.empty();
        }
        Marker last = held.getLast();
        return Optional.of(new Loss(
                newest.to(),
                Math.max(0, newest.to() - last.number()),
                Math.max(0, newest.toMillis() - last.atMillis()) / 1000.0));
    }

    private static PulseRecord.Span newest(PulseRecord pulse) {
        return pulse.newest().orElseThrow();
    }
}
