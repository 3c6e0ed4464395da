package io.lifeboat.activity.fence;

import io.lifeboat.activity.database.Eventually;
import io.lifeboat.activity.database.PostgresPair;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** Writers that do all they can: they reconnect at once, override the read-only setting, and two are superusers that hold on shortly. */
final class StubbornWriters implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final AtomicInteger writes = new AtomicInteger();
    private final AtomicInteger refusals = new AtomicInteger();
    private final AtomicInteger busy = new AtomicInteger();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean paused;
    private volatile boolean stopped;

    StubbornWriters(PostgresPair pair, String region) {
        for (int i = 0; i < 6; i++) {
            boolean superuser = i >= 4;
            int burst = i % 2 == 0 ? 1 : 20;
            threads.add(Thread.ofPlatform().start(() -> keepWriting(pair, region, superuser, burst)));
        }
    }

    void awaitWrites() {
        int before = writes.get();
        Eventually.holds(PATIENCE, () -> writes.get() >= before + 30);
    }

    void awaitRefusals() {
        int before = refusals.get();
        Eventually.holds(PATIENCE, () -> refusals.get() >= before + 30);
    }

    void pause() {
        paused = true;
        Eventually.holds(PATIENCE, () -> busy.get() == 0);
    }

    void resume() {
        paused = false;
    }

    @Override
    public void close() {
        stopped = true;
        threads.forEach(thread -> {
            try {
                thread.join(PATIENCE);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private void keepWriting(PostgresPair pair, String region, boolean superuser, int burst) {
        while (!stopped) {
            busy.incrementAndGet();
            if (paused) {
                busy.decrementAndGet();
                LockSupport.parkNanos(1_000_000);
                continue;
            }
            try (Connection session = superuser ? pair.administrator(region, "orders") : pair.service(region)) {
                pair.execute(session, "SET default_transaction_read_only = off");
                for (int i = 0; i < burst; i++) {
                    pair.execute(session, "INSERT INTO attempts DEFAULT VALUES");
                    writes.incrementAndGet();
                }
            } catch (SQLException e) {
                refusals.incrementAndGet();
            } finally {
                busy.decrementAndGet();
            }
        }
    }
}
