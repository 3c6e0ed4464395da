package io.lifeboat.activity.wal;

import io.lifeboat.activity.backup.BackupException;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A log as it can be read from all its places: what one of them has lost, or has damaged, another gives. A place that cannot be listed
 * at first is left out for good; one that fails later fails the reading, so that a lost answer is never taken for the end of the log.
 */
public final class ReadableWal {
    private static final Logger log = LoggerFactory.getLogger(ReadableWal.class);
    private static final BinaryOperator<WalTimeline> FURTHER =
            BinaryOperator.maxBy(Comparator.comparing(WalTimeline::position));

    private final List<WalArchive> places;

    private ReadableWal(List<WalArchive> places) {
        this.places = List.copyOf(places);
    }

    /** Those that can be listed now; fails as the first does when none can. */
    static ReadableWal of(List<WalArchive> places) {
        List<WalArchive> readable = new ArrayList<>();
        Optional<ApplicationFailure> first = Optional.empty();
        for (WalArchive place : places) {
            try {
                place.systems();
                readable.add(place);
            } catch (ApplicationFailure lost) {
                log.warn("A log is read without one of its places: {}", lost.getOriginalMessage());
                first = first.or(() -> Optional.of(lost));
            }
        }
        if (readable.isEmpty() && first.isPresent()) {
            throw first.get();
        }
        return new ReadableWal(readable);
    }

    /** What there is of each timeline of a system, oldest first: of several places', what goes furthest. */
    public List<WalTimeline> timelines(String systemIdentifier) {
        TreeMap<Long, WalTimeline> furthest = new TreeMap<>();
        for (WalArchive place : places) {
            place.timelines(systemIdentifier)
                    .forEach(timeline -> furthest.merge(timeline.timeline(), timeline, FURTHER));
        }
        return List.copyOf(furthest.values());
    }

    /**
     * Writes a file as {@link WalArchive#fetch(String, String, Path)} does.
     *
     * @throws BackupException when a place has it damaged and no other has it whole
     */
    public boolean fetch(String systemIdentifier, String file, Path target) throws IOException {
        Optional<RuntimeException> failure = Optional.empty();
        for (WalArchive place : places) {
            try {
                if (place.fetch(systemIdentifier, file, target)) {
                    return true;
                }
            } catch (BackupException | ApplicationFailure e) {
                failure = failure.or(() -> Optional.of(e));
            }
        }
        if (failure.isPresent()) {
            throw failure.get();
        }
        return false;
    }
}
