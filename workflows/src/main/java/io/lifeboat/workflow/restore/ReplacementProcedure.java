package io.lifeboat.workflow.restore;

import io.lifeboat.runbook.Datastore;
import io.lifeboat.runbook.FenceDriver;
import io.lifeboat.runbook.Runbook;
import io.lifeboat.runbook.SmokeTest;
import io.lifeboat.runbook.Workload;
import io.lifeboat.workflow.FailureType;
import io.lifeboat.workflow.Receipts;
import io.lifeboat.workflow.client.ClientRecord;
import io.lifeboat.workflow.epoch.Epoch;
import io.lifeboat.workflow.epoch.EpochActivities.CloseEpoch;
import io.lifeboat.workflow.epoch.EpochActivities.TakeEpoch;
import io.lifeboat.workflow.epoch.EpochReceipt;
import io.lifeboat.workflow.fence.FenceActivities.Fence;
import io.lifeboat.workflow.fence.FenceActivities.LiftReceipt;
import io.lifeboat.workflow.fence.FenceReceipt;
import io.lifeboat.workflow.restore.ReplacementActivities.Building;
import io.lifeboat.workflow.restore.ReplacementActivities.Replacement;
import io.lifeboat.workflow.restore.RestoreActivities.Archived;
import io.lifeboat.workflow.restore.RestoreActivities.Marking;
import io.lifeboat.workflow.restore.RestoreActivities.Proving;
import io.lifeboat.workflow.run.RunRecord;
import io.lifeboat.workflow.run.Step;
import io.lifeboat.workflow.run.Steps;
import io.lifeboat.workflow.verification.VerificationActivities.Verification;
import io.lifeboat.workflow.verification.VerificationReceipt;
import io.temporal.failure.ActivityFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What each step of a restore over production does, from the epoch on. Their order is in {@link RestoreDatastoreWorkflowImpl}. */
final class ReplacementProcedure {
    /** Not a matter of seconds, as in a failover: pods may take their grace period. */
    private static final Duration STOPPING = Duration.ofMinutes(2);

    private static final Duration FENCING = Duration.ofSeconds(30);

    private final RestorePlan plan;
    private final Runbook runbook;
    private final Datastore datastore;
    private final ReplacementPorts ports;
    private final RunRecord run;
    private final String self;
    private Optional<MarkReceipt> mark = Optional.empty();

    /** @param self workflow id and run id */
    ReplacementProcedure(RestorePlan plan, ReplacementPorts ports, RunRecord run, String self) {
        this.plan = plan;
        this.runbook = plan.pinned().runbook();
        this.datastore = plan.datastore();
        this.ports = ports;
        this.run = run;
        this.self = self;
    }

    EpochReceipt takeEpoch(Step step) {
        return ports.epoch(step).take(new TakeEpoch(runbook.service(), runbook.ledger(), self, plan.region()));
    }

    /** Written while writes are possible still: a recovery reaches its moment only where a later transaction follows in the log. */
    private void mark() {
        if (plan.point().at().isEmpty() || mark.isPresent()) {
            return;
        }
        MarkReceipt written =
                ports.mark().mark(new Marking(datastore, self, plan.point().at()));
        if (!written.region().equals(plan.region())) {
            throw FailureType.PRECONDITION_FAILED.failure("Cannot restore \"" + datastore.name() + "\" in "
                    + plan.region() + ": its primary is in " + written.region()
                    + " by now. Abort, and start the restore again.");
        }
        mark = Optional.of(written);
    }

    /** The writers first, so that they end in good order; then the database, for whoever else writes. */
    Receipts<FenceReceipt> stopWriters(Epoch epoch) {
        mark();
        List<FenceReceipt> proofs = new ArrayList<>();
        for (FenceDriver driver : drivers()) {
            run.brakes.requireNotEnding();
            Fence fence = fence(epoch, driver);
            run.compensations.register(
                    "stop of the writers by " + driver.word(),
                    () -> ports.undoStop("by " + driver.word()).lift(fence).detail());
            FenceReceipt receipt = ports.fence(driver.word(), driver.timeout()).fence(fence);
            if (!receipt.proven()) {
                throw FailureType.FENCE_NOT_PROVEN.failure("Cannot prove that nothing writes to \"" + datastore.name()
                        + "\" in " + plan.region() + ": " + receipt.observation()
                        + ". Stop what still runs, then retryStep; or abort.");
            }
            proofs.add(receipt);
        }
        return Receipts.of(proofs);
    }

    /** Opens the database and gives the writers their former counts: in the order in which nothing starts in vain. */
    StartReceipt startWriters(Epoch epoch) {
        run.brakes.passNoReturn();
        List<String> lifted = new ArrayList<>();
        for (FenceDriver driver : drivers().reversed()) {
            LiftReceipt receipt = ports.start(driver.word()).lift(fence(epoch, driver));
            lifted.add(receipt.detail());
        }
        return new StartReceipt(plan.region(), lifted);
    }

    private List<FenceDriver> drivers() {
        boolean deployed = runbook.workloads().stream().anyMatch(Workload.Deployment.class::isInstance);
        FenceDriver database = new FenceDriver.Database(FENCING);
        return deployed ? List.of(new FenceDriver.Kubernetes(STOPPING), database) : List.of(database);
    }

    private Fence fence(Epoch epoch, FenceDriver driver) {
        return new Fence(epoch, plan.region(), driver, List.of(datastore), runbook.workloads());
    }

    ArchiveReceipt archive(Step step) {
        MarkReceipt written = mark.orElseThrow();
        return ports.archive(step)
                .awaitArchived(new Archived(
                        runbook.service(),
                        datastore.name(),
                        plan.point().policy(),
                        written.systemIdentifier(),
                        written.timeline(),
                        written.position(),
                        written.segment()));
    }

    ReplacementReceipt build(Epoch epoch) {
        Replacement replacement = replacement(epoch);
        run.compensations.register(
                "restored copy",
                () -> ports.undo("remove the restored copy").drop(replacement).detail());
        return ports.build().build(new Building(replacement, plan.point(), mark, checks()));
    }

    ExchangeReceipt exchange(Epoch epoch) {
        Replacement replacement = replacement(epoch);
        run.compensations.register(
                "exchange of the databases",
                () -> ports.undo("put the damaged database back")
                        .exchangeBack(replacement)
                        .detail());
        return ports.exchange().exchange(replacement);
    }

    Receipts<VerificationReceipt> verify() {
        List<VerificationReceipt> passed = new ArrayList<>();
        for (SmokeTest test : runbook.smokeTests()) {
            passed.add(ports.verification(test.name(), test.timeout())
                    .verify(new Verification(
                            test,
                            plan.region(),
                            runbook.traffic().in(plan.region()),
                            runbook.traffic().record(),
                            runbook.datastores())));
        }
        return Receipts.of(passed);
    }

    EpochReceipt close(Step step, Epoch epoch) {
        return ports.epoch(step).close(new CloseEpoch(epoch, plan.region()));
    }

    /** A restore over production proves a backup as well as any test. */
    void prove(Instant began) {
        try {
            ports.prove()
                    .prove(new Proving(
                            runbook.service(),
                            datastore.name(),
                            plan.point().policy(),
                            plan.point().backup().id(),
                            self,
                            began));
        } catch (ActivityFailure failure) {
            run.warnings.add("The backup could not be counted as proven: " + Steps.sentence(failure));
        }
    }

    /** What the client measured; absent, with a warning for the report, when it cannot be read. */
    Optional<ClientRecord> clientRecord() {
        return runbook.client().flatMap(client -> {
            try {
                return Optional.of(ports.client().read(client));
            } catch (ActivityFailure failure) {
                run.warnings.add("The client's record could not be read: " + Steps.sentence(failure));
                return Optional.empty();
            }
        });
    }

    private Replacement replacement(Epoch epoch) {
        return new Replacement(epoch, datastore, plan.region());
    }

    private List<SmokeTest.Sql> checks() {
        return RestoreSubject.checks(runbook, datastore);
    }
}
