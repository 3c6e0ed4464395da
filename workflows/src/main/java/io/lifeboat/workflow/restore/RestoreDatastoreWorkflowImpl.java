package io.lifeboat.workflow.restore;

import io.lifeboat.runbook.Datastore;
import io.lifeboat.runbook.Runbook;
import io.lifeboat.workflow.FailureType;
import io.lifeboat.workflow.client.ClientRecord;
import io.lifeboat.workflow.epoch.Epoch;
import io.lifeboat.workflow.failover.Assessment;
import io.lifeboat.workflow.failover.Assessment.DatabaseRole;
import io.lifeboat.workflow.failover.Assessment.DatabaseView;
import io.lifeboat.workflow.report.RunReport;
import io.lifeboat.workflow.report.RunReport.MarkerReport;
import io.lifeboat.workflow.restore.ReplacementActivities.Choosing;
import io.lifeboat.workflow.run.CommandedWorkflow;
import io.lifeboat.workflow.run.RecoveryVerdict;
import io.lifeboat.workflow.run.RunPhase;
import io.lifeboat.workflow.runbook.PinnedRunbook;
import io.temporal.workflow.TimerOptions;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInfo;
import io.temporal.workflow.WorkflowInit;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The order of a restore over production. No copy takes a place before it was found as it must be, and until the writers start on it
 * everything can be undone: the damaged database goes back to its place, as it was.
 */
public final class RestoreDatastoreWorkflowImpl extends CommandedWorkflow implements RestoreDatastoreWorkflow {
    private static final int LOOKS = 3;
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(5);

    private final RestoreDatastoreRequest request;
    private final RestoreSteps steps;
    private final ReplacementPorts ports;

    @WorkflowInit
    public RestoreDatastoreWorkflowImpl(@Nullable RestoreDatastoreRequest request) {
        this(
                RestoreDatastoreRequest.orEmpty(request),
                RestoreSteps.of(RestoreDatastoreRequest.orEmpty(request).at().isPresent()));
    }

    private RestoreDatastoreWorkflowImpl(RestoreDatastoreRequest request, RestoreSteps steps) {
        super(request.origin(), steps.all(), "The restore is being prepared.");
        this.request = request;
        this.steps = steps;
        this.ports = new ReplacementPorts(steps);
    }

    @Override
    public RestoreDatastoreResult run(RestoreDatastoreRequest ignored) {
        return commanded(request::validated, this::restore);
    }

    private RestoreDatastoreResult restore(PinnedRunbook pinned) {
        Runbook runbook = pinned.runbook();
        Datastore datastore = RestoreSubject.datastore(runbook, RestoreRequest.text(request.datastore()));
        Assessment assessment = required(steps.assess(), () -> assessed(runbook, datastore));
        String region = assessment.activeRegion();
        requirePrimary(datastore, assessment);
        RestorePoint point = required(
                steps.choose(),
                () -> ports.choose()
                        .choose(new Choosing(
                                runbook.service(), datastore, RestoreRequest.text(request.id()), request.at())));
        RestorePlan plan = new RestorePlan(pinned, datastore, region, point, assessment.epoch());
        run.planned(pinned, region, region, runbook.objectives().ofRestore());
        approved(plan.hash(), plan.sentence(), runbook.approvals().ofRestore(), steps.approve(), steps.takeEpoch());
        return replace(plan);
    }

    private RestoreDatastoreResult replace(RestorePlan plan) {
        WorkflowInfo self = Workflow.getInfo();
        ReplacementProcedure procedure =
                new ReplacementProcedure(plan, ports, run, self.getWorkflowId() + "/" + self.getRunId());
        Instant began = Instant.ofEpochMilli(Workflow.currentTimeMillis());
        run.enter(
                RunPhase.RUNNING,
                plan.datastore().name() + " is brought back to its state of "
                        + plan.point().moment() + ".");
        pauseSchedules(plan.pinned().runbook().service());
        Epoch epoch = run.steps
                .run(steps.takeEpoch(), () -> procedure.takeEpoch(steps.takeEpoch()))
                .epoch();
        run.took(epoch);
        run.steps.run(steps.stopWriters(), () -> procedure.stopWriters(epoch));
        steps.archive().forEach(step -> run.steps.run(step, () -> procedure.archive(step)));
        ReplacementReceipt copy = run.steps.run(steps.restore(), () -> procedure.build(epoch));
        run.lost(lost(plan, copy));
        copy.leftOut().forEach(what -> run.warnings.add("Not in the restored copy: " + what));
        ExchangeReceipt exchanged = run.steps.run(steps.exchange(), () -> procedure.exchange(epoch));

        run.steps.run(steps.startWriters(), () -> procedure.startWriters(epoch));
        run.steps.run(steps.verify(), procedure::verify);
        run.steps.run(steps.close(), () -> procedure.close(steps.close(), epoch));
        resumeSchedules();
        procedure.prove(began);
        run.measured(procedure.clientRecord());
        return finish(plan, epoch, copy, exchanged.aside());
    }

    /** An assessment waits seconds only, as a failover must; whoever has just spoiled a database may find it too busy for that once. */
    private Assessment assessed(Runbook runbook, Datastore datastore) {
        Assessment assessment = ports.assessment().assess(runbook);
        for (int looks = 1;
                looks < LOOKS && primary(datastore, assessment).role() == DatabaseRole.UNREACHABLE;
                looks++) {
            Workflow.newTimer(
                            BETWEEN_LOOKS,
                            TimerOptions.newBuilder()
                                    .setSummary("Wait for an answer of " + datastore.name())
                                    .build())
                    .get();
            assessment = ports.assessment().assess(runbook);
        }
        return assessment;
    }

    private static DatabaseView primary(Datastore datastore, Assessment assessment) {
        return assessment.in(assessment.activeRegion()).databases().stream()
                .filter(d -> d.datastore().equals(datastore.name()))
                .findFirst()
                .orElse(new DatabaseView(datastore.name(), DatabaseRole.UNREACHABLE, "the runbook names none there"));
    }

    private static void requirePrimary(Datastore datastore, Assessment assessment) {
        String region = assessment.activeRegion();
        DatabaseView seen = primary(datastore, assessment);
        if (seen.role() != DatabaseRole.PRIMARY) {
            throw FailureType.PRECONDITION_FAILED.failure("Cannot restore \"" + datastore.name()
                    + "\": the service lives in "
                    + region + ", and there it is "
                    + (seen.role() == DatabaseRole.STANDBY ? "a standby" : "not reachable") + " ("
                    + seen.detail() + "). Nothing was done. Bring its server up first, or fail the service over."
                    + (seen.role() == DatabaseRole.STANDBY
                            ? ""
                            : " Where the database was dropped, make an empty one of its name, owned by Lifeboat's role, and"
                                    + " begin again: it is set aside like a damaged one."));
        }
    }

    private static List<MarkerReport> lost(RestorePlan plan, ReplacementReceipt copy) {
        return copy.lost().stream()
                .map(loss ->
                        new MarkerReport(plan.datastore().name(), loss.acknowledged(), loss.count(), loss.seconds()))
                .toList();
    }

    private RestoreDatastoreResult finish(RestorePlan plan, Epoch epoch, ReplacementReceipt copy, String kept) {
        RecoveryVerdict verdict = RecoveryVerdict.of(
                plan.datastore().name() + " is back in its state of " + copy.moment()
                        + "; the damaged database is kept as " + kept + ".",
                plan.pinned().runbook().objectives().ofRestore(),
                run.steps.skipped(),
                run.client(),
                run.markers());
        end(verdict);
        return new RestoreDatastoreResult(
                plan.pinned().runbook().service(),
                plan.datastore().name(),
                RunPhase.SUCCEEDED,
                verdict.verdict(),
                verdict.headline(),
                plan.region(),
                epoch.number(),
                copy,
                kept,
                run.links());
    }

    @Override
    protected RunReport.Clocks clocks() {
        Optional<Double> none = Optional.empty();
        return new RunReport.Clocks(
                none,
                run.decideSeconds(),
                run.steps.times(steps.stopWriters()).seconds(),
                none,
                restoreSeconds(),
                run.steps.times(steps.startWriters()).seconds(),
                run.steps.times(steps.verify()).seconds(),
                none,
                run.executeSeconds(steps.verify()),
                run.client()
                        .flatMap(ClientRecord::outage)
                        .filter(o -> !o.open())
                        .map(ClientRecord.Outage::seconds));
    }

    private Optional<Double> restoreSeconds() {
        Optional<Instant> stopped = run.steps.times(steps.stopWriters()).finishedAt();
        Optional<Instant> exchanged = run.steps.times(steps.exchange()).finishedAt();
        return stopped.flatMap(
                from -> exchanged.map(to -> Duration.between(from, to).toMillis() / 1000.0));
    }
}
