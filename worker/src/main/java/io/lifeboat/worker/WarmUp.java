package io.lifeboat.worker;

import io.lifeboat.runbook.Runbook;
import io.lifeboat.runbook.RunbookCatalog;
import io.lifeboat.runbook.RunbookDocument;
import io.lifeboat.worker.RecordedFailover.BrokenOffException;
import io.lifeboat.workflow.TaskQueues;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Rehearses a failover when the worker starts: goes through a recorded one, and asks every system of every service what a
 * failover would ask, changing nothing. The first use of code and clients costs seconds on a cold JVM; here nobody waits for
 * it, in a failover the clients of a service would. It also tells early what this worker cannot reach. The worker takes tasks
 * meanwhile, but counts as ready only afterwards, so that a rollout does not replace the last warm worker by a cold one.
 */
@Component
class WarmUp implements HealthIndicator {
    private static final Logger LOG = LoggerFactory.getLogger(WarmUp.class);
    /** A JVM compiles a method after some 200 calls; a replay makes a dozen of those that matter. */
    private static final int REPLAYS = 20;

    private static final int LOOKS = 5;

    private final WorkerProperties properties;
    private final WorkerFactory workers;
    private final ServiceLook look;
    private volatile Health health = Health.outOfService().build();

    WarmUp(WorkerProperties properties, WorkerFactory workers, ServiceLook look) {
        this.properties = properties;
        this.workers = workers;
        this.look = look;
    }

    @Override
    public Health health() {
        return health;
    }

    @EventListener(ApplicationReadyEvent.class)
    void start() {
        Thread.ofPlatform().name("warm-up").daemon().start(() -> {
            try {
                rehearse();
                RunbookCatalog.read(properties.runbooks()).documents().stream()
                        .map(RunbookDocument::runbook)
                        .forEach(this::look);
            } catch (RuntimeException interrupted) {
                // A worker that is stopped meanwhile closes the clients with which it looks.
                if (!workers.isShutdown()) {
                    throw interrupted;
                }
            } finally {
                health = Health.up().build();
            }
        });
    }

    private void look(Runbook runbook) {
        look.at(runbook).forEach(LOG::warn);
        for (int i = 1; i < LOOKS; i++) {
            look.at(runbook);
        }
    }

    private void rehearse() {
        try {
            Worker worker = workers.getWorker(TaskQueues.CONTROL);
            RecordedFailover recorded = RecordedFailover.read();
            for (int i = 0; i < REPLAYS; i++) {
                recorded.replayOn(worker);
            }
        } catch (BrokenOffException brokenOff) {
            LOG.warn("The rehearsal of a failover was broken off, and the first one will take longer.", brokenOff);
        } catch (IllegalStateException different) {
            // A worker that is stopped meanwhile interrupts the replay, which says nothing of the build.
            if (!workers.isShutdown()) {
                LOG.error(
                        "This build cannot go on from a recorded failover; runs that are under way may hang.",
                        different);
            }
        }
    }
}
