package io.lifeboat.workflow.failover;

import io.lifeboat.workflow.SearchAttributes;
import io.lifeboat.workflow.approval.ApprovalGate;
import io.lifeboat.workflow.client.ClientRecord;
import io.lifeboat.workflow.epoch.Epoch;
import io.lifeboat.workflow.promotion.PromotionReceipt;
import io.lifeboat.workflow.report.ReportLinks;
import io.lifeboat.workflow.report.RunReport;
import io.lifeboat.workflow.report.RunReport.CompensationReport;
import io.lifeboat.workflow.report.RunReport.MarkerReport;
import io.lifeboat.workflow.run.Brakes;
import io.lifeboat.workflow.run.Compensations;
import io.lifeboat.workflow.run.RunPhase;
import io.lifeboat.workflow.run.RunStatus;
import io.lifeboat.workflow.run.StatusTable;
import io.lifeboat.workflow.run.Step;
import io.lifeboat.workflow.run.StepStatus;
import io.lifeboat.workflow.run.Steps;
import io.lifeboat.workflow.run.Verdict;
import io.lifeboat.workflow.runbook.PinnedRunbook;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInfo;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is known of one failover so far, and how it is shown: the status query, the UI's details, the report. */
final class FailoverRun {
    final Brakes brakes = new Brakes();
    final ApprovalGate approval = new ApprovalGate();
    final Compensations compensations = new Compensations();
    final Steps steps = new Steps(FailoverSteps.ALL, brakes, this::show);
    final List<String> warnings = new ArrayList<>();

    private final FailoverRequest request;
    private final Instant startedAt = Instant.ofEpochMilli(Workflow.currentTimeMillis());
    private RunPhase phase = RunPhase.PENDING;
    private String searchable = "";
    private String headline = "The failover is being prepared.";
    private List<CompensationReport> undone = List.of();
    private List<MarkerReport> markers = List.of();
    private Optional<ClientRecord> client = Optional.empty();
    private Optional<ReportLinks> links = Optional.empty();
    private @Nullable Instant approvedAt;
    private @Nullable PinnedRunbook pinned;
    private @Nullable FailoverPlan plan;
    private @Nullable Epoch epoch;
    private @Nullable Verdict verdict;

    FailoverRun(FailoverRequest request) {
        this.request = request;
    }

    void planned(PinnedRunbook runbook, FailoverPlan made) {
        pinned = runbook;
        plan = made;
        Workflow.upsertTypedSearchAttributes(SearchAttributes.REGION.valueSet(made.from()));
    }

    void approved() {
        approvedAt = Instant.ofEpochMilli(Workflow.currentTimeMillis());
    }

    void took(Epoch taken) {
        epoch = taken;
    }

    void promoted(List<PromotionReceipt> receipts) {
        markers = receipts.stream()
                .flatMap(r -> r.markers().stream()
                        .map(m -> new MarkerReport(r.datastore(), m.acknowledged(), m.lost(), m.lostSeconds())))
                .toList();
    }

    void measured(Optional<ClientRecord> record) {
        client = record;
    }

    void undone(List<CompensationReport> outcomes) {
        undone = outcomes;
    }

    void enter(RunPhase entered, String sentence) {
        phase = entered;
        headline = sentence;
        show();
    }

    void end(RunPhase ended, Verdict reached, String sentence) {
        brakes.close();
        verdict = reached;
        Workflow.upsertTypedSearchAttributes(SearchAttributes.VERDICT.valueSet(reached.name()));
        enter(ended, sentence);
    }

    void reported(ReportLinks written) {
        links = Optional.of(written);
        show();
    }

    Optional<ReportLinks> links() {
        return links;
    }

    List<MarkerReport> markers() {
        return markers;
    }

    Optional<ClientRecord> client() {
        return client;
    }

    /** Makes the present state visible: the UI's details, and the phase to search for where it changed. */
    void show() {
        String now =
                steps.current().map(Step::name).filter(s -> !phase.isClosed()).orElse(phase.name());
        boolean betweenSteps = phase == RunPhase.RUNNING && steps.current().isEmpty();
        if (!now.equals(searchable) && !betweenSteps) {
            searchable = now;
            Workflow.upsertTypedSearchAttributes(SearchAttributes.PHASE.valueSet(now));
        }
        Workflow.setCurrentDetails(StatusTable.render(status()));
    }

    RunStatus status() {
        WorkflowInfo self = Workflow.getInfo();
        return new RunStatus(
                1,
                RegionFailoverWorkflow.TYPE,
                request.service().orElse(""),
                FailoverRequests.mode(request),
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
            boolean skippable = FailoverSteps.ALL.get(failed.get().number() - 1).skippable();
            return Optional.of("a decision on \"" + failed.get().name() + "\": update retryStep"
                    + (skippable ? ", skipStep" : "") + (brakes.isAbortable() ? " or abort" : ""));
        }
        return brakes.isHeld() ? Optional.of("the end of the hold: update resume") : Optional.empty();
    }

    /** The report of a run that had a plan. */
    Optional<RunReport> report() {
        PinnedRunbook runbook = pinned;
        FailoverPlan made = plan;
        if (runbook == null || made == null) {
            return Optional.empty();
        }
        WorkflowInfo self = Workflow.getInfo();
        return Optional.of(new RunReport(
                1,
                RegionFailoverWorkflow.TYPE,
                made.mode(),
                made.service(),
                request.incident(),
                request.reason().orElse(""),
                FailoverRequests.requestedBy(request),
                phase,
                verdict == null ? Verdict.RED : verdict,
                headline,
                made.from(),
                made.to(),
                Optional.ofNullable(epoch).map(Epoch::number),
                new RunReport.TemporalRun(self.getNamespace(), self.getWorkflowId(), self.getRunId()),
                new RunReport.RunbookReference(runbook.file(), runbook.sha256()),
                runbook.runbook().ledger(),
                runbook.runbook().objectives(),
                approval.planHash(),
                startedAt,
                Instant.ofEpochMilli(Workflow.currentTimeMillis()),
                clocks(),
                client,
                markers,
                steps.reports(),
                approval.approvals(),
                brakes.decisions(),
                warnings,
                undone,
                List.of()));
    }

    private RunReport.Clocks clocks() {
        Optional<Instant> approved = Optional.ofNullable(approvedAt);
        return new RunReport.Clocks(
                request.detectSeconds(),
                approved.map(at -> seconds(startedAt, at)),
                steps.times(FailoverSteps.FENCE).seconds(),
                steps.times(FailoverSteps.PROMOTE).seconds(),
                steps.times(FailoverSteps.SCALE_UP).seconds(),
                steps.times(FailoverSteps.VERIFY).seconds(),
                steps.times(FailoverSteps.TRAFFIC).seconds(),
                approved.flatMap(
                        at -> steps.times(FailoverSteps.TRAFFIC).finishedAt().map(end -> seconds(at, end))),
                client.flatMap(ClientRecord::outage).filter(o -> !o.open()).map(ClientRecord.Outage::seconds));
    }

    private static double seconds(Instant from, Instant to) {
        return (to.toEpochMilli() - from.toEpochMilli()) / 1000.0;
    }
}
