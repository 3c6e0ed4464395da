package io.lifeboat.workflow.approval;

import io.lifeboat.runbook.Approvals;
import io.lifeboat.workflow.FailureType;
import io.lifeboat.workflow.run.AbortedException;
import io.lifeboat.workflow.run.Brakes;
import io.lifeboat.workflow.run.Decision;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.CompletablePromise;
import io.temporal.workflow.Promise;
import io.temporal.workflow.TimerOptions;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Waits until enough different people have agreed to one plan, a person refuses it, or the deadline passes. Each approval is
 * bound to the plan's hash and expires.
 */
public final class ApprovalGate {
    private final List<Approval> approvals = new ArrayList<>();
    private @Nullable CompletablePromise<Boolean> decided;
    private @Nullable String planHash;
    private Approvals.@Nullable Approval policy;
    private @Nullable String rejection;

    /**
     * Blocks until the plan is approved; fails with {@code APPROVAL_EXPIRED}, or ends the run, otherwise.
     *
     * @param onWait called once approvals are listened to
     */
    public void await(String hash, Approvals.Approval required, Brakes brakes, Runnable onWait) {
        planHash = hash;
        policy = required;
        approvals.clear();
        if (required.count() == 0) {
            return;
        }
        CompletablePromise<Boolean> answer = Workflow.newPromise();
        decided = answer;
        onWait.run();
        List<Promise<Void>> deadline = new ArrayList<>();
        CancellationScope timer = Workflow.newCancellationScope(() -> deadline.add(Workflow.newTimer(
                required.expiresAfter(),
                TimerOptions.newBuilder()
                        .setSummary("Approval deadline, " + words(required.expiresAfter()))
                        .build())));
        timer.run();
        Promise<?> first = Promise.anyOf(answer, deadline.get(0));
        Workflow.await(() -> first.isCompleted() || brakes.isEnding());
        boolean expired = deadline.get(0).isCompleted() && !answer.isCompleted() && !brakes.isEnding();
        timer.cancel();
        decided = null;
        brakes.requireNotEnding();
        if (expired) {
            throw FailureType.APPROVAL_EXPIRED.failure("Cannot go on: " + approvals.size() + " of " + required.count()
                    + " approvals came within " + words(required.expiresAfter())
                    + ". Nothing was done. Start the run again when someone can approve it.");
        }
        if (rejection != null) {
            throw new AbortedException(rejection);
        }
    }

    public boolean isWaiting() {
        return decided != null;
    }

    /** Whether every approval still counts. */
    public boolean isCurrent() {
        Instant now = Instant.ofEpochMilli(Workflow.currentTimeMillis());
        return approvals.stream().allMatch(a -> now.isBefore(a.expiresAt()));
    }

    public boolean isRejected() {
        return rejection != null;
    }

    public List<Approval> approvals() {
        return List.copyOf(approvals);
    }

    public Optional<String> planHash() {
        return Optional.ofNullable(planHash);
    }

    /** How many more people must agree. */
    public int missing() {
        return policy == null ? 0 : Math.max(0, policy.count() - approvals.size());
    }

    public void checkApprove(@Nullable Decision decision) {
        Decision given = requireOpen("approve", decision);
        Brakes.refuseIf(
                approvals.stream().anyMatch(a -> a.by().equalsIgnoreCase(given.person())),
                "approve",
                given.person() + " has already approved this plan",
                "Another person must agree as well.");
    }

    public String approve(Decision decision, Brakes brakes) {
        Instant now = Instant.ofEpochMilli(Workflow.currentTimeMillis());
        Duration valid = policy == null ? Duration.ZERO : policy.expiresAfter();
        approvals.add(new Approval(
                decision.person(), decision.why(), planHash == null ? "" : planHash, now, now.plus(valid)));
        String sentence = brakes.note("approved the plan", decision);
        if (missing() == 0 && decided != null) {
            decided.complete(true);
        }
        return missing() == 0 ? sentence : sentence + " " + missing() + " more must agree.";
    }

    public void checkReject(@Nullable Decision decision) {
        requireOpen("reject", decision);
    }

    public String reject(Decision decision, Brakes brakes) {
        String sentence = brakes.note("rejected the plan", decision);
        rejection = sentence;
        if (decided != null) {
            decided.complete(false);
        }
        return sentence;
    }

    private Decision requireOpen(String verb, @Nullable Decision decision) {
        Decision given = Brakes.requirePerson(verb, decision);
        Brakes.refuseIf(
                decided == null || decided.isCompleted(),
                verb,
                planHash == null ? "there is no plan yet" : "the run does not wait for an approval",
                planHash == null ? "Wait until the assessment is done." : "Look at its status.");
        Optional<String> meant = given.planHash().map(String::strip).filter(h -> !h.isEmpty());
        Brakes.refuseIf(
                meant.isPresent() && !meant.get().equals(planHash),
                verb,
                "the plan is " + planHash + ", not " + meant.orElse(""),
                "Read the plan that stands, then decide on that one.");
        return given;
    }

    private static String words(Duration duration) {
        return duration.toMinutes() > 0 ? duration.toMinutes() + " min" : duration.toSeconds() + " s";
    }
}
