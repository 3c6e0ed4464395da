package io.lifeboat.workflow.backup;

import io.lifeboat.runbook.Runbook;
import io.lifeboat.workflow.FailureType;
import io.lifeboat.workflow.SearchAttributes;
import io.lifeboat.workflow.backup.BackupActivities.Planning;
import io.lifeboat.workflow.guard.ServiceGuard;
import io.lifeboat.workflow.run.RunPhase;
import io.lifeboat.workflow.run.RunStatus;
import io.lifeboat.workflow.run.UnattendedRun;
import io.lifeboat.workflow.run.Verdict;
import io.temporal.failure.ApplicationFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import io.temporal.workflow.WorkflowSemaphore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The order of a backup run: plan, then each due backup by itself, so that one that fails stops nothing else. */
public final class NightlyBackupWorkflowImpl implements NightlyBackupWorkflow {
    /** A dump keeps one processor of the database busy; two at a time leave some for the service. */
    private static final int AT_A_TIME = 2;

    private final BackupRequest request;
    private final UnattendedRun run;

    @WorkflowInit
    public NightlyBackupWorkflowImpl(BackupRequest request) {
        this.request = BackupRequests.orEmpty(request);
        this.run = new UnattendedRun(TYPE, this.request.service().orElse(""));
    }

    @Override
    public BackupResult run(BackupRequest ignored) {
        String service = BackupRequests.service(request, "take backups");
        Workflow.upsertTypedSearchAttributes(
                SearchAttributes.SERVICE.valueSet(service), SearchAttributes.PROCEDURE.valueSet(TYPE));
        ServiceGuard guard = BackupPorts.guard(service, TYPE);
        try {
            guard.awaitHeld();
        } catch (ApplicationFailure held) {
            return end(
                    service,
                    RunPhase.SKIPPED,
                    Verdict.AMBER,
                    "Skipped: an earlier backup run of " + service + " still goes on. Its guard \"" + guard.id()
                            + "\" names it.",
                    List.of());
        }
        try {
            return backUp(service);
        } catch (ApplicationFailure failed) {
            if (!FailureType.COMPLETED_WITH_FAILURES.is(failed)) {
                run.end(RunPhase.FAILED, Verdict.RED, failed.getOriginalMessage());
            }
            throw failed;
        } finally {
            guard.release();
        }
    }

    private BackupResult backUp(String service) {
        Runbook runbook = BackupPorts.runbook(service);
        Instant slot = Instant.ofEpochMilli(Workflow.currentTimeMillis());
        Planning planning = new Planning(
                runbook,
                slot,
                BackupRequests.text(request.datastore()),
                request.all().orElse(false));
        BackupPlan plan = BackupPorts.answered(
                () -> BackupPorts.look("Plan the backups of " + service).plan(planning));
        if (plan.due().isEmpty()) {
            return end(
                    service,
                    RunPhase.SUCCEEDED,
                    Verdict.GREEN,
                    "Nothing was due: " + String.join("; ", plan.notDue()) + ".",
                    List.of());
        }
        BackupSteps steps = BackupSteps.of(plan);
        run.begin(steps.all(), plan.due().size() + " backup(s) of " + service + " are due.");
        return finish(service, takeAll(service, slot, plan, steps), plan.due().size());
    }

    private List<BackupReceipt> takeAll(String service, Instant slot, BackupPlan plan, BackupSteps steps) {
        WorkflowSemaphore free = Workflow.newWorkflowSemaphore(AT_A_TIME);
        List<BackupReceipt> taken = new ArrayList<>();
        List<Promise<Void>> under = new ArrayList<>();
        for (BackupPlan.Due due : plan.due()) {
            under.add(Async.procedure(() -> {
                free.acquire();
                try {
                    new DueBackup(service, slot, due, steps, run).carryOut().ifPresent(taken::add);
                } finally {
                    free.release();
                }
            }));
        }
        Promise.allOf(under).get();
        return taken;
    }

    private BackupResult finish(String service, List<BackupReceipt> taken, int due) {
        List<String> failures = run.failures();
        if (failures.isEmpty()) {
            List<String> unusual = taken.stream()
                    .flatMap(receipt -> receipt.unusual().stream()
                            .map(what -> " " + receipt.datastore() + " " + receipt.policy() + ": " + what))
                    .toList();
            return end(
                    service,
                    RunPhase.SUCCEEDED,
                    unusual.isEmpty() ? Verdict.GREEN : Verdict.AMBER,
                    taken.size() + " of " + due + " backups were taken and copied." + String.join("", unusual),
                    taken);
        }
        BackupResult result = end(
                service,
                RunPhase.COMPLETED_WITH_FAILURES,
                Verdict.RED,
                taken.size() + " of " + due + " backups were taken. " + String.join(" ", failures),
                taken);
        throw ApplicationFailure.newBuilder()
                .setMessage(result.headline())
                .setType(FailureType.COMPLETED_WITH_FAILURES.name())
                .setNonRetryable(true)
                .setDetails(result)
                .build();
    }

    private BackupResult end(
            String service, RunPhase phase, Verdict verdict, String headline, List<BackupReceipt> taken) {
        run.end(phase, verdict, headline);
        return new BackupResult(service, phase, verdict, headline, taken, run.failures());
    }

    @Override
    public RunStatus status() {
        return run.status();
    }
}
