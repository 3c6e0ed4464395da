package io.lifeboat.workflow.run;

import io.lifeboat.runbook.Objectives;
import io.lifeboat.workflow.SearchAttributes;
import io.lifeboat.workflow.approval.ApprovalGate;
import io.lifeboat.workflow.client.ClientRecord;
import io.lifeboat.workflow.epoch.Epoch;
import io.lifeboat.workflow.report.ReportLinks;
import io.lifeboat.workflow.report.RunReport;
import io.lifeboat.workflow.report.RunReport.CompensationReport;
import io.lifeboat.workflow.report.RunReport.MarkerReport;
import io.lifeboat.workflow.runbook.PinnedRunbook;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInfo;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is known of one commanded run so far, and how it is shown: the status query, the UI's details, the report. */
public final class RunRecord {
    public final Brakes brakes = new Brakes();
    public final ApprovalGate approval = new ApprovalGate();
    public final Compensations compensations = new Compensations();
    public final Steps steps;
    public final List<String> warnings = new ArrayList<>();

    private final RunOrigin origin;
    private final List<Step> all;
    private final Instant startedAt = Instant.ofEpochMilli(Workflow.currentTimeMillis());
    private RunPhase phase = RunPhase.PENDING;
    private String searchable = "";
    private String headline;
    private List<CompensationReport> undone = List.of();
    private List<MarkerReport> markers = List.of();
    private Optional<ClientRecord> client = Optional.empty();
    private Optional<ReportLinks> links = Optional.empty();
    private @Nullable Instant approvedAt;
    private @Nullable Plan plan;
    private @Nullable Epoch epoch;
    private @Nullable Verdict verdict;

    /**
     * What people agree to.
     *
     * @param from region the service is in
     * @param to region the service is in afterwards
     */
    private record Plan(PinnedRunbook runbook, String from, String to, Objectives objectives) {}

    /** @param headline what is said before the run has a plan */
    public RunRecord(RunOrigin origin, List<Step> all, String headline) {
        this.origin = origin;
        this.all = List.copyOf(all);
        this.headline = headline;
        this.steps = new Steps(all, brakes, this::show);
    }

    /** The run has a plan now; only from here on it has a report. */
    public void planned(PinnedRunbook runbook, String from, String to, Objectives objectives) {
        plan = new Plan(runbook, from, to, objectives);
        Workflow.upsertTypedSearchAttributes(SearchAttributes.REGION.valueSet(from));
    }

    public void approved() {
        approvedAt = Instant.ofEpochMilli(Workflow.currentTimeMillis());
    }

    public void took(Epoch taken) {
        epoch = taken;
    }

    /** What the markers say of lost writes. */
    public void lost(List<MarkerReport> seen) {
        markers = List.copyOf(seen);
    }

    public void measured(Optional<ClientRecord> record) {
        client = record;
    }

    public void undone(List<CompensationReport> outcomes) {
        undone = outcomes;
    }

    public void enter(RunPhase entered, String sentence) {
        phase = entered;
        headline = sentence;
        show();
    }

    public void end(RunPhase ended, Verdict reached, String sentence) {
        brakes.close();
        verdict = reached;
        Workflow.upsertTypedSearchAttributes(SearchAttributes.VERDICT.valueSet(reached.name()));
        enter(ended, sentence);
    }

    public void reported(ReportLinks written) {
        links = Optional.of(written);
        show();
    }

    public Optional<ReportLinks> links() {
        return links;
    }

    public List<MarkerReport> markers() {
        return markers;
    }

    public Optional<ClientRecord> client() {
        return client;
    }

    /** Seconds from the start of the run to the last approval; absent before it. */
    public Optional<Double> decideSeconds() {
        return Optional.ofNullable(approvedAt).map(at -> seconds(startedAt, at));
    }

    /** Seconds from the last approval to the end of a step; absent before it. */
    public Optional<Double> executeSeconds(Step last) {
        return Optional.ofNullable(approvedAt)
                .flatMap(at -> steps.times(last).finishedAt().map(end -> seconds(at, end)));
    }

    /** Makes the present state visible: the UI's details, and the phase to search for where it changed. */
    public void show() {
        String now =
                steps.current().map(Step::name).filter(s -> !phase.isClosed()).orElse(phase.name());
        boolean betweenSteps = phase == RunPhase.RUNNING && steps.current().isEmpty();
        if (!now.equals(searchable) && !betweenSteps) {
            searchable = now;
            Workflow.upsertTypedSearchAttributes(SearchAttributes.PHASE.valueSet(now));
        }
        Workflow.setCurrentDetails(StatusTable.render(status()));
    }

    public RunStatus status() {
        WorkflowInfo self = Workflow.getInfo();
        return new RunStatus(
                1,
                origin.procedure(),
                origin.service(),
                origin.mode(),
                self.getWorkflowId(),
                self.getRunId(),
                phase,
                headline,
                waitingFor(),
                plan == null ? "" : plan.from(),
                plan == null ? "" : plan.to(),
                Optional.ofNullable(epoch).map(Epoch::number),
                approval.planHash(),
                brakes.isHeld(),
                brakes.isAbortable(),
                approval.approvals(),
                steps.status(),
                brakes.decisions(),
                Optional.ofNullable(verdict),
                links);
    }

    private Optional<String> waitingFor() {
        if (phase.isClosed()) {
            return Optional.empty();
        }
        if (approval.isWaiting()) {
            return Optional.of(approval.missing() + " approval(s) of plan "
                    + approval.planHash().orElse("") + ": update approve or reject");
        }
        Optional<StepStatus> failed = steps.waiting();
        if (failed.isPresent()) {
            boolean skippable = all.get(failed.get().number() - 1).skippable();
            return Optional.of("a decision on \"" + failed.get().name() + "\": update retryStep"
                    + (skippable ? ", skipStep" : "") + (brakes.isAbortable() ? " or abort" : ""));
        }
        return brakes.isHeld() ? Optional.of("the end of the hold: update resume") : Optional.empty();
    }

    /** The report of a run that had a plan. */
    public Optional<RunReport> report(RunReport.Clocks clocks) {
        Plan made = plan;
        if (made == null) {
            return Optional.empty();
        }
        PinnedRunbook runbook = made.runbook();
        WorkflowInfo self = Workflow.getInfo();
        return Optional.of(new RunReport(
                1,
                origin.procedure(),
                origin.mode(),
                runbook.runbook().service(),
                origin.incident(),
                origin.reason(),
                origin.requestedBy(),
                phase,
                verdict == null ? Verdict.RED : verdict,
                headline,
                made.from(),
                made.to(),
                Optional.ofNullable(epoch).map(Epoch::number),
                new RunReport.TemporalRun(self.getNamespace(), self.getWorkflowId(), self.getRunId()),
                new RunReport.RunbookReference(runbook.file(), runbook.sha256()),
                runbook.runbook().ledger(),
                made.objectives(),
                approval.planHash(),
                startedAt,
                Instant.ofEpochMilli(Workflow.currentTimeMillis()),
                clocks,
                client,
                markers,
                steps.reports(),
                approval.approvals(),
                brakes.decisions(),
                warnings,
                undone,
                List.of()));
    }

    private static double seconds(Instant from, Instant to) {
        return (to.toEpochMilli() - from.toEpochMilli()) / 1000.0;
    }
}
