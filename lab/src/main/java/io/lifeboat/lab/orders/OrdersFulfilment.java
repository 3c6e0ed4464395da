package io.lifeboat.lab.orders;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Marks orders fulfilled, a batch at a time: the writer without a customer that a fence must stop too. */
final class OrdersFulfilment implements Runnable {

    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final int BATCH = 100;

    private final String region;
    private final OrderStore store;
    private @Nullable String problem;

    OrdersFulfilment(String region, OrderStore store) {
        this.region = region;
        this.store = store;
    }

    /** Until interrupted. */
    @Override
    public void run() {
        while (!Thread.currentThread().isInterrupted()) {
            fulfil();
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    private void fulfil() {
        try {
            store.fulfil(BATCH);
            if (problem != null) {
                log("fulfils orders again");
                problem = null;
            }
        } catch (SQLException e) {
            String seen = String.valueOf(e.getMessage());
            if (!seen.equals(problem)) {
                log("cannot fulfil orders, tries again every " + PAUSE.toMillis() + " ms: " + seen);
                problem = seen;
            }
        }
    }

    private void log(String message) {
        System.out.println(Instant.now() + " orders-fulfilment in " + region + " " + message);
    }
}
