package io.lifeboat.starter;

import io.lifeboat.workflow.run.RunStatus;
import io.temporal.client.WorkflowException;
import io.temporal.client.WorkflowNotFoundException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Watches a run to its end, through any absence of the worker or the server. */
final class Follower {
    private static final Duration PACE = Duration.ofMillis(200);
    private static final Duration SILENCE = Duration.ofSeconds(2);

    private final Session session;
    private final Run run;
    private final Duration patience;
    private final Progress progress;

    Follower(Session session, Run run, Duration patience) {
        this.session = session;
        this.run = run;
        this.patience = patience;
        this.progress = session.console().liveErr() ? new LiveProgress(session.console()) : new PlainProgress(session);
    }

    /** Returns how it ended; {@link ExitCode#LOST_CONTACT} once nothing was heard for as long as the patience lasts. */
    Ending follow() {
        Detach detach = Detach.onCtrlC(session.console(), run.workflowId());
        try {
            long heard = System.nanoTime();
            while (true) {
                Optional<RunStatus> status = look();
                if (status.isPresent()) {
                    heard = System.nanoTime();
                    progress.show(status.get());
                }
                if (status.map(s -> s.phase().isClosed()).orElse(true) && isClosed()) {
                    return end();
                }
                Duration silence = Duration.ofNanos(System.nanoTime() - heard);
                if (silence.compareTo(patience) > 0) {
                    throw lost(silence);
                }
                if (silence.compareTo(SILENCE) > 0) {
                    progress.silent(silence.toSeconds());
                }
                TimeUnit.MILLISECONDS.sleep(PACE.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandException(ExitCode.DETACHED, Detach.message(run.workflowId()));
        } finally {
            progress.end();
            detach.disarm();
        }
    }

    private Ending end() {
        look().ifPresent(progress::show);
        return run.ending();
    }

    private Optional<RunStatus> look() {
        try {
            return Optional.of(run.status());
        } catch (WorkflowNotFoundException gone) {
            throw gone;
        } catch (WorkflowException | io.grpc.StatusRuntimeException silent) {
            return Optional.empty();
        }
    }

    private boolean isClosed() {
        try {
            return run.isClosed();
        } catch (WorkflowNotFoundException gone) {
            throw gone;
        } catch (WorkflowException | io.grpc.StatusRuntimeException silent) {
            return false;
        }
    }

    private CommandException lost(Duration silence) {
        return new CommandException(
                ExitCode.LOST_CONTACT,
                "Lost contact with " + run.workflowId() + ": no answer for " + silence.toSeconds()
                        + " s. The run goes on. Come back with: lifeboat watch " + run.workflowId());
    }
}
