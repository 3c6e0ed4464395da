package io.lifeboat.workflow.backup;

import io.lifeboat.workflow.Receipt;
import io.lifeboat.workflow.SearchAttributes;
import io.lifeboat.workflow.run.Brakes;
import io.lifeboat.workflow.run.RunPhase;
import io.lifeboat.workflow.run.RunStatus;
import io.lifeboat.workflow.run.StatusTable;
import io.lifeboat.workflow.run.Step;
import io.lifeboat.workflow.run.Steps;
import io.lifeboat.workflow.run.Verdict;
import io.temporal.failure.CanceledFailure;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What is known of one backup run so far, and how it is shown: the status query and the UI's details. */
final class BackupRun {
    private final String service;
    private final Brakes brakes = new Brakes();
    private final List<String> failures = new ArrayList<>();
    private Steps steps = new Steps(List.of(), brakes, () -> {});
    private RunPhase phase = RunPhase.PENDING;
    private String headline = "The backups are being planned.";
    private @Nullable Verdict verdict;

    BackupRun(String service) {
        this.service = service;
    }

    void begin(List<Step> planned, String sentence) {
        steps = new Steps(planned, brakes, this::show);
        phase = RunPhase.RUNNING;
        headline = sentence;
        show();
    }

    /** Carries out a step; empty, and noted, when it failed. A cancelled run ends. */
    <T extends Receipt> Optional<T> attempt(Step step, Supplier<T> work) {
        try {
            Optional<T> receipt = Optional.of(steps.runOrEnd(step, work));
            show();
            return receipt;
        } catch (CanceledFailure cancelled) {
            throw cancelled;
        } catch (TemporalFailure failure) {
            if (CancellationScope.current().isCancelRequested()) {
                throw failure;
            }
            failures.add(step.name() + ": " + Steps.sentence(failure));
            show();
            return Optional.empty();
        }
    }

    List<String> failures() {
        return List.copyOf(failures);
    }

    void end(RunPhase ended, Verdict reached, String sentence) {
        brakes.close();
        phase = ended;
        verdict = reached;
        headline = sentence;
        Workflow.upsertTypedSearchAttributes(SearchAttributes.VERDICT.valueSet(reached.name()));
        show();
    }

    private void show() {
        Workflow.upsertTypedSearchAttributes(SearchAttributes.PHASE.valueSet(phase.name()));
        Workflow.setCurrentDetails(StatusTable.render(status()));
    }

    RunStatus status() {
        WorkflowInfo self = Workflow.getInfo();
        return new RunStatus(
                1,
                NightlyBackupWorkflow.TYPE,
                service,
                "",
                self.getWorkflowId(),
                self.getRunId(),
                phase,
                headline,
                Optional.empty(),
                "",
                "",
                Optional.empty(),
                Optional.empty(),
                false,
                false,
                List.of(),
                steps.status(),
                List.of(),
                Optional.ofNullable(verdict),
                Optional.empty());
    }
}
