package io.lifeboat.workflow.failover;

import static io.lifeboat.workflow.failover.FailoverSteps.CHECK;
import static io.lifeboat.workflow.failover.FailoverSteps.CLOSE;
import static io.lifeboat.workflow.failover.FailoverSteps.FENCE;
import static io.lifeboat.workflow.failover.FailoverSteps.HOLD;
import static io.lifeboat.workflow.failover.FailoverSteps.PROMOTE;
import static io.lifeboat.workflow.failover.FailoverSteps.TAKE_EPOCH;

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
import io.lifeboat.workflow.fence.FenceReceipt;
import io.lifeboat.workflow.promotion.PromotionActivities.Promotion;
import io.lifeboat.workflow.promotion.PromotionReceipt;
import io.lifeboat.workflow.promotion.StandbyReceipt;
import io.lifeboat.workflow.run.Brakes;
import io.lifeboat.workflow.run.Compensations;
import io.lifeboat.workflow.run.Steps;
import io.lifeboat.workflow.traffic.TrafficActivities.Move;
import io.lifeboat.workflow.traffic.TrafficActivities.Watch;
import io.lifeboat.workflow.traffic.TrafficReceipt;
import io.lifeboat.workflow.traffic.WatchReceipt;
import io.lifeboat.workflow.verification.VerificationActivities.Verification;
import io.lifeboat.workflow.verification.VerificationReceipt;
import io.lifeboat.workflow.workload.HoldReceipt;
import io.lifeboat.workflow.workload.ResumeReceipt;
import io.lifeboat.workflow.workload.ScaleReceipt;
import io.lifeboat.workflow.workload.WorkloadActivities.Hold;
import io.lifeboat.workflow.workload.WorkloadActivities.Resume;
import io.lifeboat.workflow.workload.WorkloadActivities.Scale;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What each step of a failover does, from the epoch on. The order in which they run is in {@link RegionFailoverWorkflowImpl}. */
final class FailoverProcedure {
    private final Runbook runbook;
    private final FailoverPlan plan;
    private final Brakes brakes;
    private final Compensations compensations;
    private final Steps steps;

    FailoverProcedure(Runbook runbook, FailoverPlan plan, Brakes brakes, Compensations compensations, Steps steps) {
        this.runbook = runbook;
        this.plan = plan;
        this.brakes = brakes;
        this.compensations = compensations;
        this.steps = steps;
    }

    EpochReceipt takeEpoch(String run) {
        return FailoverPorts.epoch(TAKE_EPOCH, runbook.service())
                .take(new TakeEpoch(runbook.service(), runbook.ledger(), run, plan.from()));
    }

    /** Both regions at once, so that a region that hangs delays nothing but itself. */
    Receipts<HoldReceipt> holdAutomation(Epoch epoch) {
        return Receipts.of(all(List.of(plan.from(), plan.to()), region -> {
            Hold hold = new Hold(epoch, region, runbook.workloads());
            return Async.function(() -> {
                HoldReceipt held = FailoverPorts.workload(HOLD, region).hold(hold);
                if (held.reachable()) {
                    compensations.register(
                            "automation in " + region,
                            () -> FailoverPorts.release(region)
                                    .release(held, epoch)
                                    .sentence());
                }
                return held;
            });
        }));
    }

    /** Tries the runbook's drivers in their order until one returns a proof. */
    FenceReceipt fence(Epoch epoch) {
        List<String> observations = new ArrayList<>();
        for (FenceDriver driver : runbook.fence()) {
            brakes.requireNotEnding();
            String what = plan.from() + " by " + driver.word();
            Fence fence = new Fence(epoch, plan.from(), driver, runbook.datastores(), runbook.workloads());
            compensations.register(
                    "fence of " + what,
                    () -> FailoverPorts.lift(what).lift(fence).detail());
            steps.say(FENCE, "Trying " + driver.word() + ". " + String.join(" ", observations));
            FenceReceipt receipt = attempt(fence, what);
            if (receipt.proven()) {
                return receipt;
            }
            observations.add(driver.word() + ": " + receipt.observation());
        }
        throw FailureType.FENCE_NOT_PROVEN.failure("Cannot prove that nothing writes in " + plan.from() + ": "
                + String.join("; ", observations)
                + ". Stop writes there by other means so that a driver can see it, then retryStep; or abort.");
    }

    /** An attempt whose outcome is unknown is not a proof; the next driver is tried. */
    private FenceReceipt attempt(Fence fence, String what) {
        try {
            return FailoverPorts.fence(what, fence.driver().timeout()).fence(fence);
        } catch (ActivityFailure failure) {
            if (FailureType.STALE_EPOCH.is(failure)) {
                throw failure;
            }
            return new FenceReceipt(plan.from(), fence.driver().word(), false, Steps.sentence(failure), List.of());
        }
    }

    Receipts<StandbyReceipt> checkStandbys(Epoch epoch, FenceReceipt proof) {
        return Receipts.of(all(
                runbook.datastores(),
                datastore -> Async.function(() ->
                        FailoverPorts.promotion(CHECK, datastore.name()).check(promotion(epoch, datastore, proof)))));
    }

    /** The point of no return is passed with the first call, unless the adapter says that nothing was done. */
    Receipts<PromotionReceipt> promote(Epoch epoch, FenceReceipt proof) {
        List<PromotionReceipt> promoted = new ArrayList<>();
        for (Datastore datastore : runbook.datastores()) {
            brakes.passNoReturn();
            try {
                promoted.add(
                        FailoverPorts.promotion(PROMOTE, datastore.name()).promote(promotion(epoch, datastore, proof)));
            } catch (ActivityFailure failure) {
                if (promoted.isEmpty() && nothingWasDone(failure)) {
                    brakes.returnFromNoReturn();
                }
                throw failure;
            }
        }
        return Receipts.of(promoted);
    }

    Receipts<ScaleReceipt> scaleUp(Epoch epoch) {
        List<Workload.Deployment> deployments = select(Workload.Deployment.class);
        return Receipts.of(all(
                deployments,
                d -> Async.function(() -> FailoverPorts.scaling(d.name() + " to " + d.replicas())
                        .scale(new Scale(epoch, plan.to(), d, d.replicas())))));
    }

    Receipts<VerificationReceipt> verify() {
        return Receipts.of(all(
                runbook.smokeTests(),
                test -> Async.function(() -> FailoverPorts.verification(test.name(), test.timeout())
                        .verify(new Verification(
                                test,
                                plan.to(),
                                runbook.traffic().in(plan.to()),
                                runbook.traffic().record(),
                                runbook.datastores())))));
    }

    TrafficReceipt moveTraffic(Epoch epoch, Receipts<VerificationReceipt> passed) {
        return FailoverPorts.traffic("to " + plan.to())
                .move(new Move(epoch, runbook.traffic(), plan.to(), passed.all()));
    }

    WatchReceipt watch() {
        SmokeTest.Http question = runbook.smokeTests().stream()
                .filter(SmokeTest.Http.class::isInstance)
                .map(SmokeTest.Http.class::cast)
                .findFirst()
                .orElseThrow(() -> FailureType.INVALID_RUNBOOK.failure("Cannot watch \"" + runbook.service()
                        + "\": its runbook has no HTTP smoke test to ask through the public name. Add one."));
        return FailoverPorts.watch(runbook.traffic().record(), runbook.traffic().watch())
                .watch(new Watch(runbook.traffic(), plan.to(), question));
    }

    /** Schedules run where the service lives now, and the ledger says where that is. */
    Receipts<ResumeReceipt> close(Epoch epoch) {
        ResumeReceipt resumed = FailoverPorts.workload(CLOSE, "resume automation in " + plan.to())
                .resume(new Resume(epoch, plan.to(), select(Workload.CronJob.class)));
        FailoverPorts.epoch(CLOSE, runbook.service() + " lives in " + plan.to())
                .close(new CloseEpoch(epoch, plan.to()));
        return Receipts.of(List.of(resumed));
    }

    /** What the client measured; absent, with a warning for the report, when it cannot be read. */
    Optional<ClientRecord> clientRecord(List<String> warnings) {
        return runbook.client().flatMap(client -> {
            try {
                return Optional.of(FailoverPorts.client().read(client));
            } catch (ActivityFailure failure) {
                warnings.add("The client's record could not be read: " + Steps.sentence(failure));
                return Optional.empty();
            }
        });
    }

    private Promotion promotion(Epoch epoch, Datastore datastore, FenceReceipt proof) {
        return new Promotion(epoch, datastore, plan.to(), proof);
    }

    private static boolean nothingWasDone(TemporalFailure failure) {
        return FailureType.PROMOTION_REFUSED.is(failure)
                || FailureType.PRECONDITION_FAILED.is(failure)
                || FailureType.STALE_EPOCH.is(failure);
    }

    private <T extends Workload> List<T> select(Class<T> kind) {
        return runbook.workloads().stream()
                .filter(kind::isInstance)
                .map(kind::cast)
                .toList();
    }

    /** Starts a call for each item, then waits for all of them, also when one has failed: no call is left behind unseen. */
    private static <T, R> List<R> all(List<T> items, Function<T, Promise<R>> call) {
        List<Promise<R>> promises = items.stream().map(call).toList();
        promises.forEach(promise -> promise.exceptionally(failure -> null).get());
        return promises.stream().map(Promise::get).toList();
    }
}
