package io.lifeboat.activity.wal;

import io.lifeboat.activity.backup.BackupException;
import io.lifeboat.activity.database.DatabaseException;
import io.lifeboat.activity.database.DatabaseInstance;
import io.lifeboat.activity.database.Lsn;
import io.lifeboat.activity.encryption.CannotSealException;
import io.lifeboat.activity.wal.WalStatus.Phase;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Receives the log of one datastore as it is written and stores it, and outlives every failure. Of several receivers of the same
 * datastore one works, the one that has the replication slot; the others wait to take over.
 *
 * <p>A server whose {@code synchronous_standby_names} is {@code *} would take it for a synchronous standby: name the standbys.
 */
public final class WalReceiver implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(WalReceiver.class);
    private static final Duration TAKE_OVER_AFTER = Duration.ofSeconds(2);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    private static final int LONGEST_SLOT_NAME = 63;

    private final String name;
    private final String slot;
    private final Supplier<DatabaseInstance> source;
    private final WalServer server;
    private final WalArchive archive;
    private final Duration ship;
    private final Duration firstPause;
    private final AtomicReference<WalStatus> status = new AtomicReference<>(WalStatus.NONE);

    /** Whether to begin where the server's slot does although the log between is missing, once. */
    private final AtomicBoolean gapAccepted = new AtomicBoolean();

    private @Nullable Thread thread;
    private volatile boolean closed;
    private String lastSaid = "";

    /**
     * @param source the instance to receive from, asked again whenever something failed: the primary, or a standby
     * @param ship how long what is written may wait for the rest of its segment before it is stored: the recovery point objective
     */
    public WalReceiver(
            String service,
            String datastore,
            Supplier<DatabaseInstance> source,
            WalServer server,
            WalArchive archive,
            Duration ship) {
        this(service, datastore, source, server, archive, ship, FIRST_PAUSE);
    }

    WalReceiver(
            String service,
            String datastore,
            Supplier<DatabaseInstance> source,
            WalServer server,
            WalArchive archive,
            Duration ship,
            Duration firstPause) {
        this.name = service + "/" + datastore;
        this.slot = slotName(service, datastore);
        this.source = source;
        this.server = server;
        this.archive = archive;
        this.ship = ship;
        this.firstPause = firstPause;
    }

    /** The slot of a datastore; the datastore is part of it because several may live on one server. */
    static String slotName(String service, String datastore) {
        String slot = ("lifeboat_" + service + "_" + datastore)
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9_]", "_");
        return slot.substring(0, Math.min(slot.length(), LONGEST_SLOT_NAME));
    }

    /** Starts a thread, which ends only with {@link #close}. */
    public void start() {
        thread = Thread.ofVirtual().name("wal-" + name).start(this::receive);
    }

    /** How far it is; cheap, for metrics. */
    public WalStatus status() {
        return status.get();
    }

    /** Stops, at most a few seconds later. What is not stored stays in the slot. */
    @Override
    public void close() {
        closed = true;
        Thread running = thread;
        if (running == null) {
            return;
        }
        running.interrupt();
        try {
            running.join(Duration.ofSeconds(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void receive() {
        Duration pause = firstPause;
        try {
            while (!closed) {
                Optional<Lsn> before = status.get().stored();
                Optional<Duration> wait = receiveOnce(pause);
                boolean progress = !status.get().stored().equals(before);
                pause = progress ? firstPause : shorter(pause.multipliedBy(2), LONGEST_PAUSE);
                if (wait.isPresent()) {
                    Thread.sleep(wait.get()); // backs off: a server or store that failed is not asked again at once
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Receives until something ends it; says how long to pause then. */
    private Optional<Duration> receiveOnce(Duration pause) throws InterruptedException {
        try {
            DatabaseInstance instance = source.get();
            new WalReception(server, instance, slot, archive, ship, status, leg -> begun(instance, leg))
                    .run(gapAccepted.get());
            say(
                    "Receiver of the log of {} goes on, the server has left {}.",
                    "timeline " + status.get().timeline());
            return Optional.empty();
        } catch (GapAcceptedException e) {
            say(
                    "Receiver of the log of {} goes on across a gap, which {} has accepted.",
                    String.valueOf(e.getMessage()));
            gapAccepted.set(true);
            return Optional.empty();
        } catch (DatabaseException e) {
            if (e.kind() == DatabaseException.Kind.BUSY) {
                fail(Phase.WAITING, "Receiver of the log of {} waits: {}.", e.getMessage());
                return Optional.of(shorter(TAKE_OVER_AFTER, firstPause.multipliedBy(2)));
            }
            fail(Phase.FAILING, "Receiver of the log of {} is interrupted: {}.", e.getMessage());
        } catch (BackupException e) {
            fail(Phase.FAILING, "Receiver of the log of {} cannot go on: {}", String.valueOf(e.getMessage()));
        } catch (ApplicationFailure e) {
            fail(Phase.FAILING, "Receiver of the log of {} cannot go on: {}", e.getOriginalMessage());
        } catch (CannotSealException e) {
            fail(Phase.FAILING, "Receiver of the log of {} cannot go on: {}.", String.valueOf(e.getMessage()));
        } catch (IOException e) {
            fail(
                    Phase.FAILING,
                    "Receiver of the log of {} cannot store it: {}",
                    e.getClass().getSimpleName());
        } catch (RuntimeException e) {
            fail(
                    Phase.FAILING,
                    "Receiver of the log of {} failed by a fault of its own: {}",
                    e.getClass().getSimpleName());
        }
        return Optional.of(pause);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private void begun(DatabaseInstance instance, WalLeg leg) {
        gapAccepted.set(false);
        status.updateAndGet(s -> s.begun(leg.timeline(), leg.stored(), leg.storedAt()));
        say("Receiver of the log of {} receives {}.", "timeline " + leg.timeline() + " from " + instance.name());
    }

    private void fail(Phase phase, String pattern, String why) {
        if (!closed) {
            status.updateAndGet(s -> s.in(phase, Optional.of(why)));
            say(pattern, why);
        }
    }

    /** Logs a change of state once, not at every attempt. */
    private void say(String pattern, String detail) {
        String said = pattern + detail;
        if (!said.equals(lastSaid)) {
            log.info(pattern, name, detail);
            lastSaid = said;
        }
    }
}
