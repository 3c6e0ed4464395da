package io.lifeboat.lab.client;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Asks the service after an outage which of all acknowledged orders it still has. Each lost order is charged to the outage
 * after which it was first missing. The answer holds until the next outage begins. One thread asks, any may read.
 */
final class SurvivalCheck {

    private static final int BATCH = 500;
    private static final Duration PAUSE = Duration.ofMillis(100);

    private record Finding(Outage outage, Loss loss) {}

    private final OrdersService service;
    private final Journal journal;
    private final long startedNanos;
    private final Set<UUID> lostBefore = new HashSet<>();
    private volatile @Nullable Finding finding;

    SurvivalCheck(OrdersService service, Journal journal, long startedNanos) {
        this.service = service;
        this.journal = journal;
        this.startedNanos = startedNanos;
    }

    /** What was lost in this outage; empty until it was checked. */
    Optional<Loss> lossOf(Outage outage) {
        Finding newest = finding;
        return newest != null && newest.outage().equals(outage) ? Optional.of(newest.loss()) : Optional.empty();
    }

    /** Asks until all is answered. */
    void after(Outage outage) throws InterruptedException {
        List<Acknowledged> orders = journal.orders().stream()
                .filter(order -> !lostBefore.contains(order.key()))
                .toList();
        Set<UUID> missing = new HashSet<>();
        for (int from = 0; from < orders.size(); from += BATCH) {
            List<UUID> keys = orders.subList(from, Math.min(from + BATCH, orders.size())).stream()
                    .map(Acknowledged::key)
                    .toList();
            missing.addAll(missing(keys));
        }
        finding = new Finding(outage, Loss.of(outage, startedNanos, orders, missing));
        lostBefore.addAll(missing);
    }

    private List<UUID> missing(List<UUID> keys) throws InterruptedException {
        while (true) {
            try {
                List<UUID> missing = new ArrayList<>(keys);
                missing.removeAll(service.present(keys));
                return missing;
            } catch (IOException e) {
                LockSupport.parkNanos(PAUSE.toNanos());
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
            }
        }
    }
}
