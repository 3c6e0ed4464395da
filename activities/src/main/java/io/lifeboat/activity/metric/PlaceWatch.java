package io.lifeboat.activity.metric;

import io.lifeboat.activity.backup.BackupCatalog;
import io.lifeboat.activity.backup.BackupPlace;
import io.lifeboat.activity.wal.WalCatalog;
import io.temporal.failure.ApplicationFailure;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at one place, one look at a time, and keeps what was seen until it is too old to be said. */
final class PlaceWatch {
    private static final Logger log = LoggerFactory.getLogger(PlaceWatch.class);

    private final BackupPlace place;
    private final BackupCatalog catalog;
    private final WalCatalog logs;
    private final Clock clock;
    private final Duration forgetAfter;
    private final Instant begun;

    private volatile Optional<Listing> newest = Optional.empty();
    private volatile Outcome outcome = Outcome.NONE_YET;
    private volatile Optional<Duration> ship = Optional.empty();
    private String lastSaid = "";

    private enum Outcome {
        NONE_YET,
        READ,
        FAILED
    }

    PlaceWatch(BackupPlace place, BackupCatalog catalog, WalCatalog logs, Clock clock, Duration forgetAfter) {
        this.place = place;
        this.catalog = catalog;
        this.logs = logs;
        this.clock = clock;
        this.forgetAfter = forgetAfter;
        this.begun = clock.instant();
    }

    String region() {
        return place.region();
    }

    String bucket() {
        return place.bucket();
    }

    /** @param shipped how long what is written may wait before it is stored here; empty where no log is kept */
    void keepsLog(Optional<Duration> shipped) {
        ship = shipped;
    }

    /** Reads the place, or says in the log why it cannot be read. */
    void look() {
        if (Thread.currentThread().isInterrupted()) {
            return;
        }
        try {
            Instant before = clock.instant();
            newest = Optional.of(
                    Listing.of(before, catalog.list(place), ship.isPresent() ? logs.look(place) : Optional.empty()));
            outcome = Outcome.READ;
            sayReadable();
        } catch (ApplicationFailure e) {
            fail(e.getOriginalMessage());
        } catch (RuntimeException e) {
            fail("the look failed by a fault of its own, " + e.getClass().getSimpleName() + ".");
        }
    }

    CatalogueFigures figures(Instant now) {
        return new CatalogueFigures(
                place,
                isUndecided(now)
                        ? Optional.empty()
                        : Optional.of(outcome == Outcome.READ && listing(now).isPresent()),
                newest.map(Listing::readAt),
                listing(now).map(Listing::storedBytes));
    }

    Optional<LogFigures> log(Instant now) {
        return ship.map(every -> new LogFigures(
                place, every, listing(now).isPresent(), listing(now).flatMap(Listing::log)));
    }

    /** What is there, as far as that is known and not too old. */
    Optional<Listing> listing(Instant now) {
        return newest.filter(listing -> now.isBefore(listing.readAt().plus(forgetAfter)));
    }

    /** Whether the first look has not ended, and may still: what this place will say can change every figure of a policy. */
    boolean isUndecided(Instant now) {
        return outcome == Outcome.NONE_YET && now.isBefore(begun.plus(forgetAfter));
    }

    private void fail(String why) {
        if (Thread.currentThread().isInterrupted()) {
            return; // the watch was closed
        }
        outcome = Outcome.FAILED;
        if (!why.equals(lastSaid)) {
            log.warn("The backup metrics of {} are not known: {}", name(), why);
            lastSaid = why;
        }
    }

    private void sayReadable() {
        if (!lastSaid.isEmpty()) {
            log.info("The backup metrics of {} are known again.", name());
            lastSaid = "";
        }
    }

    private String name() {
        return place.service() + "/" + place.datastore() + " in " + place.region();
    }
}
