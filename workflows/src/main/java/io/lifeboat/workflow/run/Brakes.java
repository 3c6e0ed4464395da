package io.lifeboat.workflow.run;

import io.lifeboat.workflow.FailureType;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Workflow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What commanders have said to a run, and where the run has to listen. Update handlers change this object; the procedure
 * waits on it.
 */
public final class Brakes {
    private enum Answer {
        RETRY,
        SKIP
    }

    private final CancellationScope run = CancellationScope.current();
    private final List<String> decisions = new ArrayList<>();
    private boolean held;
    private boolean pastNoReturn;
    private boolean closed;
    private @Nullable String abort;
    private @Nullable Answer answer;
    private @Nullable Step waiting;

    /** Every decision in order, as sentences with name, reason and time. */
    public List<String> decisions() {
        return List.copyOf(decisions);
    }

    public boolean isHeld() {
        return held;
    }

    public boolean isAbortable() {
        return !closed && !pastNoReturn && abort == null;
    }

    public boolean isPastNoReturn() {
        return pastNoReturn;
    }

    /** Whether Temporal's own cancel was used. */
    public boolean isCancelled() {
        return run.isCancelRequested();
    }

    /** Someone has asked for the end of the run, by the update or by Temporal's own cancel. */
    public boolean isEnding() {
        return !pastNoReturn && (abort != null || run.isCancelRequested());
    }

    /** From here on {@code abort} and cancel are refused: something has been promoted, or may have been. */
    public void passNoReturn() {
        pastNoReturn = true;
    }

    /** The effect that was to be the point of no return is known not to have happened. */
    public void returnFromNoReturn() {
        pastNoReturn = false;
    }

    public void close() {
        closed = true;
    }

    /** Waits while the run is held; throws {@link AbortedException} when it is to end. */
    void pass(Runnable onHold) {
        if (held) {
            onHold.run();
            Workflow.await(() -> !held || isEnding());
        }
        requireNotEnding();
    }

    /** Waits until a commander says what to do about a failed step; true for a retry, false for a skip. */
    boolean awaitRetryOrSkip(Step step) {
        waiting = step;
        answer = null;
        Workflow.await(() -> answer != null || isEnding());
        waiting = null;
        requireNotEnding();
        return answer == Answer.RETRY;
    }

    /** Throws {@link AbortedException} when the run is to end. */
    public void requireNotEnding() {
        if (isEnding()) {
            throw new AbortedException(abort != null ? abort : "The run was cancelled in Temporal.");
        }
    }

    // What the update handlers do; each has its validator.

    public void checkHold(@Nullable Decision decision) {
        requirePerson("hold", decision);
        refuseIf(closed, "hold", "the run has ended", "Nothing is left to hold.");
        refuseIf(held, "hold", "the run is already held", "Use resume to go on.");
    }

    public String hold(Decision decision) {
        held = true;
        return note("held the run", decision);
    }

    public void checkResume(@Nullable Decision decision) {
        requirePerson("resume", decision);
        refuseIf(!held, "resume", "the run is not held", "Look at its status to see what it waits for.");
    }

    public String resume(Decision decision) {
        held = false;
        return note("resumed the run", decision);
    }

    public void checkAbort(@Nullable Decision decision) {
        requirePerson("abort", decision);
        refuseIf(closed, "abort", "the run has ended", "Nothing is left to abort.");
        refuseIf(
                pastNoReturn,
                "abort",
                "the point of no return is passed: what the run has prepared accepts writes, or may",
                "Let the run finish, then start another one that leads back.");
        refuseIf(abort != null, "abort", "the run is already being aborted", "Wait for its compensations.");
    }

    public String abort(Decision decision) {
        String sentence = note("aborted the run", decision);
        abort = sentence;
        return sentence;
    }

    public void checkRetry(@Nullable Decision decision) {
        requireWaiting("retryStep", decision);
    }

    public String retry(Decision decision) {
        answer = Answer.RETRY;
        return note("retried " + name(waiting), decision);
    }

    public void checkSkip(@Nullable Decision decision) {
        Step step = requireWaiting("skipStep", decision);
        refuseIf(
                !step.skippable(),
                "skipStep",
                "\"" + step.name() + "\" may not be left out: recovery without it is not safe",
                "Mend the cause and use retryStep, or abort where that is still possible.");
    }

    public String skip(Decision decision) {
        answer = Answer.SKIP;
        return note("skipped " + name(waiting), decision);
    }

    /** Writes down a decision and returns it as a sentence. */
    public String note(String what, Decision decision) {
        String sentence = decision.person() + " " + what + ": " + decision.why() + " ("
                + Instant.ofEpochMilli(Workflow.currentTimeMillis()) + ")";
        decisions.add(sentence);
        return sentence;
    }

    /** Every decision needs a name and a reason: an identity that the UI sends by itself proves nothing. */
    public static Decision requirePerson(String verb, @Nullable Decision decision) {
        if (decision == null || decision.person().isEmpty() || decision.why().isEmpty()) {
            throw FailureType.INVALID_REQUEST.failure(
                    "Cannot " + verb
                            + ": \"by\" and \"reason\" must both be filled in. Send {\"by\":\"your name\",\"reason\":\"why\"}.");
        }
        return decision;
    }

    /** Refuses an update, with its three-part message. */
    public static void refuseIf(boolean refused, String verb, String seen, String remedy) {
        if (refused) {
            throw FailureType.PRECONDITION_FAILED.failure("Cannot " + verb + ": " + seen + ". " + remedy);
        }
    }

    private Step requireWaiting(String verb, @Nullable Decision decision) {
        Decision given = requirePerson(verb, decision);
        Step step = waiting;
        if (step == null || answer != null) {
            throw FailureType.PRECONDITION_FAILED.failure(
                    "Cannot " + verb + ": no step has failed. Look at the status of the run.");
        }
        Optional<String> meant = given.step().map(String::strip);
        refuseIf(
                meant.isPresent() && !meant.get().equalsIgnoreCase(step.name()),
                verb,
                "the step that failed is \"" + step.name() + "\", not \"" + meant.orElse("") + "\"",
                "Name that one, or leave \"step\" out.");
        return step;
    }

    private static String name(@Nullable Step step) {
        return step == null ? "a step" : "\"" + step.name() + "\"";
    }
}
