package io.lifeboat.starter;

import io.grpc.StatusRuntimeException;
import io.lifeboat.workflow.run.RunPhase;
import io.lifeboat.workflow.run.RunStatus;
import io.temporal.client.WorkflowException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** What a run says once it has found its feet. */
final class FirstStatus {
    private static final Duration PATIENCE = Duration.ofSeconds(8);

    private FirstStatus() {}

    /** Past the assessment where it gets there in time; empty where nothing answered. */
    static Optional<RunStatus> of(Run run) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        Optional<RunStatus> newest = Optional.empty();
        while (System.nanoTime() < deadline) {
            newest = look(run);
            if (newest.filter(s -> isTelling(s, run)).isPresent()) {
                return newest;
            }
            try {
                TimeUnit.MILLISECONDS.sleep(100);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return newest;
            }
        }
        return newest;
    }

    private static boolean isTelling(RunStatus status, Run run) {
        return status.phase() == RunPhase.AWAITING_APPROVAL || status.phase() == RunPhase.RUNNING || run.isClosed();
    }

    private static Optional<RunStatus> look(Run run) {
        try {
            return Optional.of(run.status());
        } catch (WorkflowException | StatusRuntimeException notYet) {
            return Optional.empty();
        }
    }
}
