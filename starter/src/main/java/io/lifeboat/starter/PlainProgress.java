package io.lifeboat.starter;

import io.lifeboat.workflow.report.Seconds;
import io.lifeboat.workflow.run.RunPhase;
import io.lifeboat.workflow.run.RunStatus;
import io.lifeboat.workflow.run.StepState;
import io.lifeboat.workflow.run.StepStatus;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One line per change, for logs and pipes. */
final class PlainProgress implements Progress {
    private final Session session;
    private final Map<Integer, StepState> known = new HashMap<>();
    private @Nullable RunPhase phase;
    private int decisions;
    private boolean silent;

    PlainProgress(Session session) {
        this.session = session;
    }

    @Override
    public void show(RunStatus status) {
        if (silent) {
            line("contact is back");
            silent = false;
        }
        for (; decisions < status.decisions().size(); decisions++) {
            line(status.decisions().get(decisions));
        }
        status.steps().forEach(s -> step(s, status.steps().size()));
        if (status.phase() != phase) {
            phase = status.phase();
            line(StatusText.phase(status.phase()) + ": " + status.headline());
            Hints.of(status).forEach(h -> line("  " + h));
        }
    }

    private void step(StepStatus step, int of) {
        StepState before = known.put(step.number(), step.state());
        if (before == step.state() || (before == null && step.state() == StepState.PENDING)) {
            return;
        }
        String took = step.seconds()
                .filter(s -> step.state() != StepState.RUNNING)
                .map(s -> " after " + Seconds.text(s))
                .orElse("");
        String detail = step.detail().isBlank() ? "" : ": " + step.detail();
        line(step.number() + "/" + of + " " + step.name() + " "
                + step.state().name().toLowerCase(Locale.ROOT).replace('_', ' ') + took + detail);
    }

    @Override
    public void silent(long seconds) {
        if (!silent) {
            line("no answer for " + seconds + " s; the run goes on, still trying");
            silent = true;
        }
    }

    @Override
    public void end() {}

    private void line(String text) {
        session.console()
                .say(session.clock().instant().truncatedTo(ChronoUnit.SECONDS) + "  " + StatusText.cut(text, 2000));
    }
}
