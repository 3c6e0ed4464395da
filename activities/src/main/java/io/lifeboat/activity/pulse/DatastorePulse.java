package io.lifeboat.activity.pulse;

import io.lifeboat.activity.database.DatabaseEngine;
import io.lifeboat.activity.database.DatabaseException;
import io.lifeboat.activity.database.DatabaseInstance;
import io.lifeboat.activity.database.DatabaseLook;
import io.lifeboat.activity.database.Databases;
import io.lifeboat.activity.database.Marker;
import io.lifeboat.activity.database.MarkerSession;
import io.lifeboat.runbook.Datastore;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The pulse of one datastore. Follows the primary from region to region and outlives every failure. */
final class DatastorePulse implements Runnable {
    private static final Logger log = LoggerFactory.getLogger(DatastorePulse.class);
    private static final Duration BOUND = Duration.ofSeconds(2);
    private static final long KEEP_ROWS_MILLIS = 3_600_000L;
    private static final int PRUNE_EVERY = 60;

    private final String pulse;
    private final String service;
    private final Datastore datastore;
    private final Databases databases;
    private final PulseStore store;
    private final Duration interval;
    private final PulseClock clock = new PulseClock();

    private @Nullable PulseRecord remembered;
    private @Nullable Beat beat;
    private long lastNumber;
    private String lastSaid = "";

    /** An open session with the primary it leads to. */
    private record Beat(String region, DatabaseLook.Primary primary, MarkerSession session) {}

    DatastorePulse(
            String pulse,
            String service,
            Datastore datastore,
            Databases databases,
            PulseStore store,
            Duration interval) {
        this.pulse = pulse;
        this.service = service;
        this.datastore = datastore;
        this.databases = databases;
        this.store = store;
        this.interval = interval;
    }

    String name() {
        return service + "/" + datastore.name();
    }

    @Override
    public void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                long next = System.nanoTime() + interval.toNanos();
                beatOnce();
                Duration rest = Duration.ofNanos(Math.max(0, next - System.nanoTime()));
                Thread.sleep(rest); // what is left of the interval that is configured
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            leave();
        }
    }

    /** One marker, or the reason in the log why there is none. */
    void beatOnce() {
        try {
            PulseRecord before = remembered();
            Optional<Beat> found = session();
            if (found.isEmpty()) {
                say("Pulse of {} writes nothing: no instance is a primary that accepts connections.", "");
                return;
            }
            write(before, found.get());
        } catch (DatabaseException e) {
            leave();
            say("Pulse of {} writes nothing: {}.", e.getMessage());
        } catch (ApplicationFailure e) {
            say("Pulse of {} cannot remember its markers: {}", e.getOriginalMessage());
        } catch (RuntimeException e) {
            leave();
            say("Pulse of {} failed by a fault of its own: {}", e.getClass().getSimpleName());
        }
    }

    private void write(PulseRecord before, Beat current) {
        // A number whose outcome is unknown is never used again.
        Marker marker = new Marker(pulse, ++lastNumber, clock.millis());
        current.session().write(marker);
        PulseRecord after = before.acknowledged(
                marker,
                current.region(),
                current.primary().systemIdentifier(),
                current.primary().timeline());
        remembered = after;
        store.save(after);
        say("Pulse of {} writes markers in {}.", current.region());
        if (marker.number() % PRUNE_EVERY == 0) {
            current.session().prune(pulse, marker.atMillis() - KEEP_ROWS_MILLIS);
        }
    }

    /** What an earlier process of the same name remembered, read once; no marker is written before that is known. */
    private PulseRecord remembered() {
        PulseRecord known = remembered;
        if (known == null) {
            known = store.load(service, datastore.name()).stream()
                    .filter(record -> record.pulse().equals(pulse))
                    .findFirst()
                    .orElseGet(() -> PulseRecord.empty(service, datastore.name(), pulse));
            remembered = known;
            lastNumber = Math.max(lastNumber, known.highest());
        }
        return known;
    }

    private Optional<Beat> session() {
        Beat current = beat;
        if (current == null) {
            current = findPrimary().orElse(null);
            beat = current;
        }
        return Optional.ofNullable(current);
    }

    /** The primary with the newest timeline: an old primary that has come back unfenced is not the one to follow. */
    private Optional<Beat> findPrimary() {
        DatabaseEngine engine = databases.engine(datastore);
        Map<String, DatabaseLook> looks = datastore.instances().stream()
                .collect(Collectors.toMap(
                        Datastore.Instance::region,
                        instance -> engine.look(databases.instance(datastore, instance.region()), BOUND)));
        return looks.entrySet().stream()
                .filter(look -> look.getValue() instanceof DatabaseLook.Primary primary && primary.accepting())
                .max(Comparator.comparingLong(look -> ((DatabaseLook.Primary) look.getValue()).timeline()))
                .map(look -> open(engine, look.getKey(), (DatabaseLook.Primary) look.getValue()));
    }

    private Beat open(DatabaseEngine engine, String region, DatabaseLook.Primary primary) {
        DatabaseInstance instance = databases.instance(datastore, region);
        MarkerSession session = engine.openMarkers(instance, BOUND);
        lastNumber = Math.max(lastNumber, session.highest(pulse));
        return new Beat(region, primary, session);
    }

    private void leave() {
        Beat current = beat;
        beat = null;
        if (current != null) {
            current.session().close();
        }
    }

    /** Logs a change of state once, not every second. */
    private void say(String pattern, String detail) {
        String said = pattern + detail;
        if (!said.equals(lastSaid)) {
            log.info(pattern, name(), detail);
            lastSaid = said;
        }
    }
}
