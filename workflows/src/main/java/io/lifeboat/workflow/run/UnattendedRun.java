package io.lifeboat.workflow.run;

import io.lifeboat.workflow.FailureType;
import io.lifeboat.workflow.Receipt;
import io.lifeboat.workflow.SearchAttributes;
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

/**
 * What is known so far of a run that nobody commands, and how it is shown: the status query and the UI's details. A step that fails is
 * noted, and the procedure decides what still makes sense.
 */
public final class UnattendedRun {
    private final String procedure;
    private final String service;
    private final Brakes brakes = new Brakes();
    private final List<String> failures = new ArrayList<>();
    private Steps steps = new Steps(List.of(), brakes, () -> {});
    private @Nullable FailureType lastFailure;
    private RunPhase phase = RunPhase.PENDING;
    private String headline = "The run is being planned.";
    private @Nullable Verdict verdict;

    public UnattendedRun(String procedure, String service) {
        this.procedure = procedure;
        this.service = service;
    }

    /** The steps are known now. */
    public void begin(List<Step> planned, String sentence) {
        steps = new Steps(planned, brakes, this::show);
        phase = RunPhase.RUNNING;
        headline = sentence;
        show();
    }

    /** Carries out a step; empty, and noted, when it failed. A cancelled run ends. */
    public <T extends Receipt> Optional<T> attempt(Step step, Supplier<T> work) {
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
            lastFailure = FailureType.of(failure);
            failures.add(step.name() + ": " + Steps.sentence(failure));
            show();
            return Optional.empty();
        }
    }

    /** One sentence for each step that failed. */
    public List<String> failures() {
        return List.copyOf(failures);
    }

    /** The type of the newest of them. */
    public Optional<FailureType> lastFailure() {
        return Optional.ofNullable(lastFailure);
    }

    /** Says how it ended. */
    public void end(RunPhase ended, Verdict reached, String sentence) {
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

    public RunStatus status() {
        WorkflowInfo self = Workflow.getInfo();
        return new RunStatus(
                1,
                procedure,
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
