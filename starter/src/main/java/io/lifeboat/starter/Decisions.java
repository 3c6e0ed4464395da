package io.lifeboat.starter;

import io.lifeboat.workflow.run.Decision;
import io.lifeboat.workflow.run.RunStatus;
import io.temporal.client.WorkflowServiceException;
import io.temporal.client.WorkflowUpdateException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Brings a person's decision to a run, once. */
final class Decisions {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Session session;
    private final OutputOptions output;

    /**
     * What became of a decision, for programs.
     *
     * @param answer of the run: what is true now, or why it refused
     */
    record Outcome(int schemaVersion, String verb, String workflowId, boolean accepted, String answer) {}

    Decisions(Session session, OutputOptions output) {
        this.session = session;
        this.output = output;
    }

    /** The run a decision is meant for, and how it stands. */
    record Subject(Run run, RunStatus status) {}

    Subject subject(String target) {
        Run run = new Runs(session.temporal().client()).running(target);
        return new Subject(run, run.status());
    }

    /** Tells the run and prints what it answers. */
    int tell(String verb, String update, Subject subject, Decision decision) {
        String id = updateId(update, subject.status(), decision);
        try {
            return print(verb, subject, true, send(update, id, subject.run(), decision));
        } catch (WorkflowUpdateException refused) {
            return print(verb, subject, false, Failures.sentence(refused));
        }
    }

    /** A reply that got lost is asked for again under the same id, which the run counts once. */
    private static String send(String update, String id, Run run, Decision decision) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                return run.tell(update, id, decision);
            } catch (WorkflowServiceException lost) {
                if (System.nanoTime() > deadline) {
                    throw unknown(update, run);
                }
                pause();
            }
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(500);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandException(ExitCode.DETACHED, "Interrupted before the run answered; look at its status.");
        }
    }

    private static CommandException unknown(String update, Run run) {
        return new CommandException(
                ExitCode.LOST_CONTACT,
                "Sent \"" + update + "\" to " + run.workflowId()
                        + ", but nothing answered: it may or may not have arrived. Say it again; it is counted once.");
    }

    /** Says that nothing had to be said. */
    int already(String answer, String verb, Subject subject) {
        return print(verb, subject, true, answer);
    }

    private int print(String verb, Subject subject, boolean accepted, String answer) {
        if (output.isJson()) {
            Json.print(session.console(), new Outcome(1, verb, subject.run().workflowId(), accepted, answer));
        } else if (accepted) {
            session.console().out().println(answer);
        } else {
            session.console().say(answer);
        }
        return (accepted ? ExitCode.OK : ExitCode.PRECONDITION).number();
    }

    /**
     * The same for the same decision of the same person about the same state of affairs. The number of decisions so far belongs
     * to it: a second hold after a resume is a decision of its own.
     */
    static String updateId(String update, RunStatus status, Decision decision) {
        String said = String.join(
                "\n",
                update,
                decision.person(),
                status.runId(),
                decision.planHash().or(status::planHash).orElse(""),
                decision.step().orElse(""),
                Integer.toString(status.decisions().size()));
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(said.getBytes(StandardCharsets.UTF_8));
            return update + "-" + HexFormat.of().formatHex(hash, 0, 12);
        } catch (NoSuchAlgorithmException everyJvmHasIt) {
            throw new IllegalStateException(everyJvmHasIt);
        }
    }

    static Decision of(PersonOption person, String reason, Optional<String> planHash, Optional<String> step) {
        return new Decision(Optional.of(person.name()), Optional.of(reason).filter(r -> !r.isBlank()), planHash, step);
    }
}
