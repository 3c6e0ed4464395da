package io.lifeboat.workflow.restore;

import io.lifeboat.workflow.FailureType;
import io.lifeboat.workflow.SearchAttributes;
import io.lifeboat.workflow.guard.ServiceGuard;
import io.lifeboat.workflow.run.RunPhase;
import io.lifeboat.workflow.run.RunStatus;
import io.lifeboat.workflow.run.Step;
import io.lifeboat.workflow.run.UnattendedRun;
import io.lifeboat.workflow.run.Verdict;
import io.temporal.failure.ApplicationFailure;
import io.temporal.workflow.Workflow;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What the restore tests have in common: one of a service at a time, red at the first failure, and what is shown. */
final class RestoreProcedure {
    private final String type;
    private final RestoreRequest request;
    private final UnattendedRun run;

    RestoreProcedure(String type, RestoreRequest request) {
        this.type = type;
        this.request = request;
        this.run = new UnattendedRun(type, request.service().orElse(""));
    }

    /** A start without any input is a request that says nothing. */
    static RestoreRequest orEmpty(@Nullable RestoreRequest request) {
        return request != null
                ? request
                : new RestoreRequest(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty());
    }

    /** Two restores at once would share the worker's disk; the guard hinders nothing but another restore test. */
    RestoreResult guarded(String what, Function<String, RestoreResult> work) {
        String service = RestoreRequest.text(request.service())
                .orElseThrow(() -> FailureType.INVALID_REQUEST.failure("Cannot " + what
                        + ": \"service\" is missing, the name of a service in the runbook catalog."
                        + " Start it again with {\"service\":\"orders\"}."));
        Workflow.upsertTypedSearchAttributes(
                SearchAttributes.SERVICE.valueSet(service), SearchAttributes.PROCEDURE.valueSet(type));
        ServiceGuard guard = ServiceGuard.ask(service, type, "guard/" + service + "/restore-test");
        try {
            guard.awaitHeld();
            return work.apply(service);
        } catch (ApplicationFailure failed) {
            run.end(RunPhase.FAILED, Verdict.RED, failed.getOriginalMessage());
            throw failed;
        } finally {
            guard.release();
        }
    }

    UnattendedRun begin(List<Step> steps, String sentence) {
        run.begin(steps, sentence);
        return run;
    }

    /** What a step gave, or the end of the run with what the step said. */
    <T> T require(Optional<T> given) {
        return given.orElseThrow(() -> run.lastFailure()
                .map(type -> type.failure(String.join(" ", run.failures())))
                .orElseThrow());
    }

    RestoreResult end(RestoreSubject subject, Instant target, RecoveryReceipt recovery) {
        String headline = subject.datastore().name() + " can go back to " + target + ": recovered in "
                + recovery.writableSeconds() + " s, " + recovery.checks().size() + " checks passed.";
        run.end(RunPhase.SUCCEEDED, Verdict.GREEN, headline);
        return new RestoreResult(
                subject.service(),
                subject.datastore().name(),
                RunPhase.SUCCEEDED,
                Verdict.GREEN,
                headline,
                target,
                recovery);
    }

    RunStatus status() {
        return run.status();
    }
}
