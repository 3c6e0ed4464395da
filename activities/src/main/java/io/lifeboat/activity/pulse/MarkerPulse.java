package io.lifeboat.activity.pulse;

import io.lifeboat.activity.database.Databases;
import io.lifeboat.runbook.Datastore;
import io.lifeboat.runbook.Ledger;
import io.lifeboat.runbook.Runbook;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Writes a numbered marker into the primary of each datastore of each runbook, every second, and saves the acknowledged
 * numbers after each one. A marker that was acknowledged but not yet saved when the pulse itself dies is unknown to the
 * count, so a pulse that dies together with the primary hides at most one interval of loss.
 *
 * <p>Loss is counted for each pulse by itself, since clocks of two hosts are never subtracted. The name has to stay the
 * same over restarts and be different for each process that runs a pulse.
 */
public final class MarkerPulse implements AutoCloseable {
    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private final List<DatastorePulse> pulses = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();

    /** @param stores the store in a service's ledger */
    public MarkerPulse(String name, List<Runbook> runbooks, Databases databases, Function<Ledger, PulseStore> stores) {
        for (Runbook runbook : runbooks) {
            PulseStore store = stores.apply(runbook.ledger());
            for (Datastore datastore : runbook.datastores()) {
                pulses.add(new DatastorePulse(name, runbook.service(), datastore, databases, store, INTERVAL));
            }
        }
    }

    MarkerPulse(
            String name,
            String service,
            Datastore datastore,
            Databases databases,
            PulseStore store,
            Duration interval) {
        pulses.add(new DatastorePulse(name, service, datastore, databases, store, interval));
    }

    /** Starts one thread for each datastore; it ends only with {@link #close}. */
    public void start() {
        for (DatastorePulse pulse : pulses) {
            threads.add(Thread.ofVirtual().name("pulse-" + pulse.name()).start(pulse));
        }
    }

    /** Stops all pulses and waits for each to leave its database, at most a few seconds. */
    @Override
    public void close() {
        threads.forEach(Thread::interrupt);
        for (Thread thread : threads) {
            try {
                thread.join(Duration.ofSeconds(5));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
