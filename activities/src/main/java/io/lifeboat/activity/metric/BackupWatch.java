package io.lifeboat.activity.metric;

import static java.util.stream.Collectors.groupingBy;

import io.lifeboat.activity.backup.BackupCatalog;
import io.lifeboat.activity.backup.BackupPlace;
import io.lifeboat.activity.wal.WalCatalog;
import io.lifeboat.runbook.BackupPolicy;
import io.lifeboat.runbook.Datastore;
import io.lifeboat.runbook.InvalidRunbookException;
import io.lifeboat.runbook.LogArchive;
import io.lifeboat.runbook.Runbook;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks again and again at every place where a runbook keeps backups. Each region is looked at by a thread of its own, so that a lost
 * one keeps nothing from being known of the others; how long a look may take is what the store of large objects allows a call.
 */
public final class BackupWatch implements AutoCloseable {
    /** How often a look may fail before what was seen is too old to be said. */
    private static final int LOOKS_REMEMBERED = 10;

    private static final double JITTER = 0.1;

    private static final Duration LEAVE = Duration.ofSeconds(2);

    private static final Logger log = LoggerFactory.getLogger(BackupWatch.class);

    private final Supplier<List<Runbook>> runbooks;
    private final BackupCatalog catalog;
    private final WalCatalog logs;
    private final Clock clock;
    private final Duration every;
    private final Map<String, Thread> looks = new HashMap<>();

    private volatile Map<BackupPlace, PlaceWatch> places = Map.of();
    private volatile List<PolicyWatch> policies = List.of();
    private String lastSaid = "";
    private @Nullable Thread rounds;

    /**
     * @param runbooks asked at each round, so that a new policy is seen without a restart
     * @param every from one look at a place to the next; what was seen is forgotten after ten times as long
     */
    public BackupWatch(
            Supplier<List<Runbook>> runbooks, BackupCatalog catalog, WalCatalog logs, Clock clock, Duration every) {
        this.runbooks = runbooks;
        this.catalog = catalog;
        this.logs = logs;
        this.clock = clock;
        this.every = every;
    }

    /** Begins the first look at once; it ends only with {@link #close}. */
    public void start() {
        rounds = Thread.ofVirtual().name("backup-watch").start(this::run);
    }

    /** What is known at this moment. Nothing is asked of the world. */
    public BackupFigures figures() {
        Instant now = clock.instant();
        return new BackupFigures(
                now,
                policies.stream().map(policy -> policy.figures(now)).toList(),
                places.values().stream().map(place -> place.figures(now)).toList(),
                places.values().stream()
                        .flatMap(place -> place.log(now).stream())
                        .toList());
    }

    /** Stops looking, and waits a few seconds for calls under way to end; one that does not is left to its own time limit. */
    @Override
    public void close() {
        Thread begun = rounds;
        if (begun == null) {
            return;
        }
        begun.interrupt();
        try {
            if (begun.join(LEAVE)) {
                for (Thread look : looks.values()) {
                    look.join(LEAVE);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                readRunbooks();
                byRegion().forEach(this::lookUnlessLooking);
                double share = 1 + JITTER * ThreadLocalRandom.current().nextDouble(-1, 1);
                Duration pause = Duration.ofMillis(Math.round(every.toMillis() * share));
                Thread.sleep(pause); // the interval that is configured; close() interrupts it
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            looks.values().forEach(Thread::interrupt);
        }
    }

    /** One round in the thread of the caller. */
    void round() {
        readRunbooks();
        places.values().forEach(PlaceWatch::look);
    }

    private void lookUnlessLooking(String region, List<PlaceWatch> watches) {
        Thread before = looks.get(region);
        if (before == null || !before.isAlive()) {
            looks.put(
                    region,
                    Thread.ofVirtual().name("backup-watch-" + region).start(() -> watches.forEach(PlaceWatch::look)));
        }
    }

    private Map<String, List<PlaceWatch>> byRegion() {
        return places.values().stream().collect(groupingBy(PlaceWatch::region));
    }

    /** Takes the policies as the runbooks have them now; places that stay keep what was seen of them. */
    private void readRunbooks() {
        List<Runbook> now;
        try {
            now = runbooks.get();
        } catch (InvalidRunbookException e) {
            sayOnce(String.valueOf(e.getMessage()));
            return;
        } catch (RuntimeException e) {
            sayOnce("they cannot be read by a fault of the reader's own, "
                    + e.getClass().getSimpleName() + ".");
            return;
        }
        sayOnce("");
        Map<BackupPlace, PlaceWatch> watched = new LinkedHashMap<>();
        List<PolicyWatch> read = new ArrayList<>();
        for (Runbook runbook : now) {
            for (Datastore datastore : runbook.datastores()) {
                for (BackupPolicy policy : datastore.backups()) {
                    List<PlaceWatch> kept = places(runbook.service(), datastore.name(), policy).stream()
                            .map(place -> watched.computeIfAbsent(place, this::watch))
                            .toList();
                    read.add(new PolicyWatch(runbook.service(), datastore, policy, kept));
                }
            }
        }
        watched.values().forEach(place -> place.keepsLog(shipped(place, read)));
        places = watched;
        policies = List.copyOf(read);
    }

    private static Optional<Duration> shipped(PlaceWatch place, List<PolicyWatch> policies) {
        return policies.stream()
                .filter(policy -> policy.places().contains(place))
                .flatMap(policy -> policy.policy().archive().stream())
                .map(LogArchive::ship)
                .findFirst();
    }

    private PlaceWatch watch(BackupPlace place) {
        PlaceWatch known = places.get(place);
        return known == null
                ? new PlaceWatch(place, catalog, logs, clock, every.multipliedBy(LOOKS_REMEMBERED))
                : known;
    }

    private static List<BackupPlace> places(String service, String datastore, BackupPolicy policy) {
        return policy.places().stream()
                .map(place -> new BackupPlace(place.region(), place.bucket(), service, datastore))
                .distinct()
                .toList();
    }

    private void sayOnce(String why) {
        if (!why.isEmpty() && !why.equals(lastSaid)) {
            log.warn("The backup metrics go on with the runbooks as they were: {}", why);
        }
        lastSaid = why;
    }
}
