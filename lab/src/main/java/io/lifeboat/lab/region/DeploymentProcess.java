package io.lifeboat.lab.region;

import io.lifeboat.lab.LabException;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The process of one Deployment: started, watched, restarted and stopped by being asked again and again. */
final class DeploymentProcess {

    enum State {
        STOPPED,
        STARTING,
        READY,
        STOPPING,
        /** It died or could not be started, and is tried again in a moment. */
        WAITING
    }

    private static final long GRACE = Duration.ofSeconds(1).toNanos();
    private static final long FIRST_PAUSE = Duration.ofMillis(100).toNanos();
    private static final int DOUBLINGS = 4;

    private final String deployment;
    private final DeploymentProcesses processes;
    private final Consumer<String> log;
    private State state = State.STOPPED;
    private @Nullable ProcessHandle process;
    private int failures;
    /** When stopping was asked for, or since when it waits. */
    private long since;

    DeploymentProcess(String deployment, DeploymentProcesses processes, Consumer<String> log) {
        this.deployment = deployment;
        this.processes = processes;
        this.log = log;
    }

    State state() {
        return state;
    }

    /** Comes one step closer to what is wanted and returns at once. */
    State advance(boolean wanted) {
        ProcessHandle current = process;
        state = current == null ? withoutProcess(wanted) : withProcess(current, wanted);
        return state;
    }

    private State withProcess(ProcessHandle current, boolean wanted) {
        if (!current.isAlive()) {
            process = null;
            if (state != State.STOPPING) {
                log.accept(deployment + " ended by itself");
                return retreat();
            }
            log.accept(deployment + " stopped");
            return State.STOPPED;
        }
        return switch (state) {
            case STOPPING -> {
                if (System.nanoTime() - since > GRACE) {
                    current.destroyForcibly();
                }
                yield State.STOPPING;
            }
            case STOPPED, STARTING, READY, WAITING -> {
                if (!wanted) {
                    current.destroy();
                    since = System.nanoTime();
                    yield State.STOPPING;
                }
                yield state == State.READY || processes.answers(deployment) ? becomeReady() : State.STARTING;
            }
        };
    }

    private State becomeReady() {
        if (state != State.READY) {
            log.accept(deployment + " ready");
            failures = 0;
        }
        return State.READY;
    }

    private State withoutProcess(boolean wanted) {
        if (!wanted) {
            failures = 0;
            return State.STOPPED;
        }
        long pause = FIRST_PAUSE << Math.min(failures, DOUBLINGS);
        if (state == State.WAITING && System.nanoTime() - since < pause) {
            return State.WAITING;
        }
        try {
            process = processes.start(deployment);
            log.accept(deployment + " started");
            return State.STARTING;
        } catch (LabException e) {
            log.accept(e.getMessage());
            return retreat();
        }
    }

    private State retreat() {
        failures++;
        since = System.nanoTime();
        return State.WAITING;
    }
}
