package io.lifeboat.workflow.failover;

import static io.lifeboat.workflow.failover.Orders.EAST;
import static io.lifeboat.workflow.failover.Orders.WEST;
import static org.assertj.core.api.Assertions.assertThat;

import io.lifeboat.workflow.report.RunReport;
import io.lifeboat.workflow.run.Decision;
import io.lifeboat.workflow.run.RunPhase;
import io.lifeboat.workflow.run.RunStatus;
import io.lifeboat.workflow.run.StepState;
import io.lifeboat.workflow.run.Verdict;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowStub;
import io.temporal.failure.CanceledFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Order(1) // among the longest
@Execution(ExecutionMode.CONCURRENT)
class RegionFailoverWorkflowTest {

    @Test
    void movesTheServiceOutOfALostRegionInTheSafeOrder() {
        try (FailoverRig rig = new FailoverRig(TwoRegions.withDeadEast())) {

            FailoverResult result = rig.complete("failover/orders/1");

            assertThat(result.verdict()).isEqualTo(Verdict.GREEN);
            assertThat(result.headline())
                    .contains("orders runs in us-west-2")
                    .contains("4.2 s")
                    .contains("2 of 1000");
            assertThat(rig.regions.seen().stream().map(c -> c.split(" ")[0]).distinct())
                    .containsSubsequence(
                            "Runbook_Load",
                            "Assessment_Assess",
                            "Epoch_Take",
                            "Workload_Hold",
                            "Fence_Fence",
                            "Promotion_Check",
                            "Promotion_Promote",
                            "Workload_Scale",
                            "Verification_Verify",
                            "Traffic_Move",
                            "Traffic_Watch",
                            "Workload_Resume",
                            "Epoch_Close",
                            "Client_Read",
                            "Report_Write");
            assertThat(rig.regions.replicas)
                    .containsEntry(WEST + "/orders-api", 3)
                    .containsEntry(WEST + "/orders-fulfilment", 2);
            assertThat(rig.regions.cronSuspended).containsEntry(WEST, false);
            assertThat(rig.regions.activeRegion).isEqualTo(WEST);
        }
    }

    @Test
    void triesTheFenceDriversInTheRunbooksOrderUntilOneHasAProof() {
        try (FailoverRig rig = new FailoverRig(TwoRegions.withDeadEast())) {
            rig.complete("failover/orders/1");

            assertThat(rig.regions.seen().stream().filter(c -> c.startsWith("Fence_Fence")))
                    .containsExactly("Fence_Fence database", "Fence_Fence kubernetes", "Fence_Fence power");
        }
    }

    @Test
    void stopsAtTheFirstProofWhenTheOldRegionStillLives() {
        try (FailoverRig rig = new FailoverRig(TwoRegions.withLiveEast())) {
            rig.complete("failover/orders/1");

            assertThat(rig.regions.seen().stream().filter(c -> c.startsWith("Fence_Fence")))
                    .containsExactly("Fence_Fence database");
            assertThat(rig.regions.eastWritable).isFalse();
            assertThat(rig.regions.cronSuspended).containsEntry(EAST, true);
        }
    }

    @Test
    void promotesNothingWithoutAProofAndWaitsForTheCommander() {
        TwoRegions regions = TwoRegions.withDeadEast();
        regions.powerFenceWorks = false;
        try (FailoverRig rig = new FailoverRig(regions)) {
            WorkflowStub run = rig.start("failover/orders/1");
            rig.approve(run, "ana");
            rig.awaitWaitingFor(run, "Fence");

            assertThat(rig.status(run).waitingFor())
                    .hasValueSatisfying(w -> assertThat(w)
                            .contains("retryStep")
                            .contains("abort")
                            .doesNotContain("skipStep"));
            assertThat(rig.refusal(run, "skipStep", Decision.of("ana", "hurry")))
                    .contains("may not be left out");
            assertThat(rig.regions.westWritable).isFalse();

            regions.powerFenceWorks = true;
            rig.say(run, "retryStep", "ana");

            assertThat(rig.result(run).verdict()).isEqualTo(Verdict.GREEN);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Runbook_Load",
                "Assessment_Assess",
                "Epoch_Take",
                "Workload_Hold",
                "Fence_Fence",
                "Promotion_Check",
                "Promotion_Promote",
                "Workload_Scale",
                "Verification_Verify",
                "Traffic_Move",
                "Traffic_Watch",
                "Workload_Resume",
                "Epoch_Close",
                "Schedule_Pause",
                "Schedule_Resume",
                "Client_Read",
                "Report_Write"
            })
    void survivesAnyStepThatFailsOnceOrLosesItsReply(String activity) {
        for (TwoRegions.Fault fault : List.of(TwoRegions.Fault.FAIL_BEFORE, TwoRegions.Fault.LOSE_REPLY)) {
            try (FailoverRig rig = new FailoverRig(TwoRegions.withLiveEast())) {
                rig.regions.inject(activity, fault);

                FailoverResult result = rig.complete("failover/orders/1");

                assertThat(result.verdict()).isEqualTo(Verdict.GREEN);
                assertThat(rig.regions.epoch).isEqualTo(1);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Assessment_Assess/Assess",
                "Epoch_Take/Take the epoch",
                "Workload_Hold/Hold automation",
                "Promotion_Check/Check the standby",
                "Promotion_Promote/Promote",
                "Workload_Scale/Scale up",
                "Verification_Verify/Verify",
                "Traffic_Move/Move traffic",
                "Traffic_Watch/Watch",
                "Workload_Resume/Close",
                "Epoch_Close/Close"
            })
    void waitsForTheCommanderWhenAStepFailsForGoodAndGoesOnAfterARetry(String failing) {
        String activity = failing.substring(0, failing.indexOf('/'));
        String step = failing.substring(failing.indexOf('/') + 1);
        try (FailoverRig rig = new FailoverRig(TwoRegions.withLiveEast())) {
            rig.regions.inject(activity, TwoRegions.Fault.FAIL_FOR_GOOD);
            WorkflowStub run = rig.start("failover/orders/1");
            if (!step.equals("Assess")) {
                rig.approve(run, "ana");
            }
            rig.awaitWaitingFor(run, step);

            assertThat(rig.status(run).steps().stream()
                            .filter(s -> s.name().equals(step))
                            .findFirst()
                            .orElseThrow()
                            .detail())
                    .contains("Injected: " + activity);
            rig.say(run, "retryStep", "ana");
            if (step.equals("Assess")) {
                rig.approve(run, "ana");
            }

            assertThat(rig.result(run).verdict()).isEqualTo(Verdict.GREEN);
        }
    }

    @Test
    void neverTurnsGreenWhenAStepWasSkipped() {
        try (FailoverRig rig = new FailoverRig(TwoRegions.withDeadEast())) {
            rig.regions.inject("Traffic_Watch", TwoRegions.Fault.FAIL_FOR_GOOD);
            WorkflowStub run = rig.start("failover/orders/1");
            rig.approve(run, "ana");
            rig.awaitWaitingFor(run, "Watch");
            rig.say(run, "skipStep", "ben");

            FailoverResult result = rig.result(run);

            assertThat(result.verdict()).isEqualTo(Verdict.AMBER);
            assertThat(result.headline()).contains("Skipped by a commander: Watch");
            RunReport report = rig.ports.reports.get(0);
            assertThat(report.decisions()).anyMatch(d -> d.startsWith("ben skipped \"Watch\": because"));
        }
    }

    @Test
    void isNotGreenWhenNobodyMeasuredTheOutage() {
        try (FailoverRig rig = new FailoverRig(TwoRegions.withDeadEast())) {
            rig.ports.client = Optional.empty();

            FailoverResult result = rig.complete("failover/orders/1");

            assertThat(result.verdict()).isEqualTo(Verdict.AMBER);
            assertThat(result.headline()).contains("No client measured the outage");
            assertThat(rig.ports.reports.get(0).warnings()).anyMatch(w -> w.contains("client's record"));
        }
    }

    @Test
    void undoesEverythingNewestFirstWhenAbortedBeforeThePointOfNoReturn() {
        try (FailoverRig rig = new FailoverRig(TwoRegions.withLiveEast())) {
            rig.regions.inject("Promotion_Check", TwoRegions.Fault.FAIL_FOR_GOOD);
            WorkflowStub run = rig.start("failover/orders/1");
            rig.approve(run, "ana");
            rig.awaitWaitingFor(run, "Check the standby");
            rig.say(run, "abort", "ana");

            assertThat(rig.failure(run).getType()).isEqualTo("ABORTED");
            assertThat(rig.status(run).phase()).isEqualTo(RunPhase.ROLLED_BACK);
            assertThat(rig.regions.seen()).containsSubsequence("Fence_Lift database", "Workload_Release us-east-1");
            assertThat(rig.regions.eastWritable).isTrue();
            assertThat(rig.regions.cronSuspended).containsEntry(EAST, false).containsEntry(WEST, true);
            assertThat(rig.ports.reports.get(0).compensations()).hasSize(4).allMatch(c -> c.succeeded());
        }
    }

    @Test
    void namesWhatCouldNotBeUndone() {
        try (FailoverRig rig = new FailoverRig(TwoRegions.withLiveEast())) {
            rig.regions.inject("Promotion_Check", TwoRegions.Fault.FAIL_FOR_GOOD);
            rig.regions.inject("Fence_Lift", TwoRegions.Fault.FAIL_FOR_GOOD);
            WorkflowStub run = rig.start("failover/orders/1");
            rig.approve(run, "ana");
            rig.awaitWaitingFor(run, "Check the standby");
            rig.say(run, "abort", "ana");

            assertThat(rig.failure(run).getOriginalMessage())
                    .contains("NOT undone: fence of us-east-1 by database (Injected");
            assertThat(rig.status(run).phase()).isEqualTo(RunPhase.PARTIALLY_ROLLED_BACK);
            assertThat(rig.regions.cronSuspended).containsEntry(EAST, false);
        }
    }

    @Test
    void refusesToAbortAfterThePointOfNoReturn() {
        try (FailoverRig rig = new FailoverRig(TwoRegions.withDeadEast())) {
            rig.regions.inject("Workload_Scale", TwoRegions.Fault.FAIL_FOR_GOOD);
            WorkflowStub run = rig.start("failover/orders/1");
            rig.approve(run, "ana");
            rig.awaitWaitingFor(run, "Scale up");

            assertThat(rig.refusal(run, "abort", Decision.of("ana", "changed my mind")))
                    .contains("point of no return")
                    .contains("start another one that leads back");
            rig.say(run, "retryStep", "ana");

            assertThat(rig.result(run).verdict()).isEqualTo(Verdict.GREEN);
        }
    }

    @Test
    void canStillAbortWhenThePromotionWasRefused() {
        try (FailoverRig rig = new FailoverRig(TwoRegions.withLiveEast())) {
            rig.regions.inject("Promotion_Promote", TwoRegions.Fault.FAIL_FOR_GOOD);
            WorkflowStub run = rig.start("failover/orders/1");
            rig.approve(run, "ana");
            rig.awaitWaitingFor(run, "Promote");
            rig.say(run, "abort", "ana");

            assertThat(rig.failure(run).getType()).isEqualTo("ABORTED");
            assertThat(rig.regions.eastWritable).isTrue();
            assertThat(rig.regions.westWritable).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Assessment_Assess", "Epoch_Take", "Workload_Hold", "Fence_Fence", "Promotion_Check"})
    void undoesEverythingWhenCancelledBeforeThePointOfNoReturn(String during) {
        try (FailoverRig rig = new FailoverRig(TwoRegions.withLiveEast())) {
            CountDownLatch gate = rig.regions.block(during);
            WorkflowStub run = rig.start("failover/orders/1");
            if (!during.equals("Assessment_Assess")) {
                rig.approve(run, "ana");
            }
            FailoverRig.await(() -> rig.regions.seen().stream().anyMatch(c -> c.startsWith(during)));
            run.cancel();
            gate.countDown();

            Assertions.assertThatThrownBy(() -> rig.result(run))
                    .isInstanceOf(WorkflowFailedException.class)
                    .hasCauseInstanceOf(CanceledFailure.class);
            assertThat(rig.regions.eastWritable).isTrue();
            assertThat(rig.regions.westWritable).isFalse();
            assertThat(rig.regions.cronSuspended).containsEntry(EAST, false).containsEntry(WEST, true);
            assertThat(rig.regions.weights).containsEntry(EAST, 100);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Promotion_Promote",
                "Workload_Scale",
                "Verification_Verify",
                "Traffic_Move",
                "Traffic_Watch",
                "Epoch_Close"
            })
    void goesThroughWhenCancelledAfterThePointOfNoReturn(String during) {
        try (FailoverRig rig = new FailoverRig(TwoRegions.withDeadEast())) {
            CountDownLatch gate = rig.regions.block(during);
            WorkflowStub run = rig.start("failover/orders/1");
            rig.approve(run, "ana");
            FailoverRig.await(() -> rig.regions.seen().stream().anyMatch(c -> c.startsWith(during)));
            run.cancel();
            gate.countDown();

            // The SDK closes a run as cancelled whenever a cancel was asked for, whatever the run made of it.
            Assertions.assertThatThrownBy(() -> rig.result(run)).hasCauseInstanceOf(CanceledFailure.class);
            assertThat(rig.status(run).phase()).isEqualTo(RunPhase.SUCCEEDED);
            assertThat(rig.regions.weights).containsEntry(WEST, 100);
            assertThat(rig.ports.reports.get(0).warnings()).anyMatch(w -> w.contains("cancel"));
        }
    }

    @Test
    void isCancelledWithoutAnEffectWhileItWaitsForApproval() {
        try (FailoverRig rig = new FailoverRig(TwoRegions.withLiveEast())) {
            WorkflowStub run = rig.start("failover/orders/1");
            rig.awaitPhase(run, RunPhase.AWAITING_APPROVAL);
            run.cancel();

            Assertions.assertThatThrownBy(() -> rig.result(run)).hasCauseInstanceOf(CanceledFailure.class);
            assertThat(rig.regions.epoch).isZero();
        }
    }

    @Test
    void countsAPersonsApprovalOnce() {
        try (FailoverRig rig = new FailoverRig(TwoRegions.withDeadEast())) {
            rig.ports.runbook = Orders.runbook(2, Duration.ofMinutes(30));
            WorkflowStub run = rig.start("failover/orders/1");
            rig.approve(run, "ana");

            assertThat(rig.refusal(run, "approve", Decision.of("Ana", "once more")))
                    .contains("already approved");
            assertThat(rig.status(run).phase()).isEqualTo(RunPhase.AWAITING_APPROVAL);
            rig.say(run, "approve", "ben");

            assertThat(rig.result(run).verdict()).isEqualTo(Verdict.GREEN);
        }
    }

    @Test
    void refusesAnApprovalOfAnotherPlanOrWithoutANameOrReason() {
        try (FailoverRig rig = new FailoverRig(TwoRegions.withDeadEast())) {
            WorkflowStub run = rig.start("failover/orders/1");
            rig.awaitPhase(run, RunPhase.AWAITING_APPROVAL);

            Decision otherPlan =
                    new Decision(Optional.of("ana"), Optional.of("go"), Optional.of("deadbeef"), Optional.empty());
            assertThat(rig.refusal(run, "approve", otherPlan)).contains("not deadbeef");
            assertThat(rig.refusal(run, "approve", Decision.of(" ", "go"))).contains("\"by\" and \"reason\"");
            assertThat(rig.refusal(run, "approve", Decision.of("ana", ""))).contains("\"by\" and \"reason\"");
            rig.say(run, "reject", "ana");

            assertThat(rig.failure(run).getType()).isEqualTo("APPROVAL_REJECTED");
            assertThat(rig.regions.epoch).isZero();
        }
    }

    @Test
    void endsWithoutAnEffectWhenNobodyApprovesInTime() {
        try (FailoverRig rig = new FailoverRig(TwoRegions.withDeadEast())) {
            rig.ports.runbook = Orders.runbook(1, Duration.ofMillis(500));
            WorkflowStub run = rig.start("failover/orders/1");

            assertThat(rig.failure(run).getType()).isEqualTo("APPROVAL_EXPIRED");
            assertThat(rig.regions.epoch).isZero();
            RunReport report = rig.ports.reports.get(0);
            assertThat(report.verdict()).isEqualTo(Verdict.RED);
            assertThat(report.steps().stream()
                            .filter(s -> s.state() == StepState.NOT_EXECUTED)
                            .count())
                    .isEqualTo(10);
        }
    }

    @Test
    void asksAgainWhenAnApprovalExpiredWhileTheRunWasHeld() {
        try (FailoverRig rig = new FailoverRig(TwoRegions.withDeadEast())) {
            rig.ports.runbook = Orders.runbook(1, Duration.ofSeconds(2));
            WorkflowStub run = rig.start("failover/orders/1");
            rig.awaitPhase(run, RunPhase.AWAITING_APPROVAL);
            rig.say(run, "hold", "ben");
            rig.say(run, "approve", "ana");
            Instant expiry = rig.status(run).approvals().get(0).expiresAt();
            FailoverRig.await(() -> Instant.now().isAfter(expiry));
            rig.say(run, "resume", "ben");
            rig.awaitStatus(
                    run, s -> s.waitingFor().filter(w -> w.contains("approve")).isPresent());

            assertThat(rig.regions.epoch).isZero();
            rig.say(run, "approve", "ana");

            assertThat(rig.result(run).verdict()).isEqualTo(Verdict.GREEN);
        }
    }

    @Test
    void refusesASecondRunOfTheServiceWhateverItsId() {
        try (FailoverRig rig = new FailoverRig(TwoRegions.withDeadEast())) {
            WorkflowStub first = rig.start("failover/orders/1");
            rig.awaitPhase(first, RunPhase.AWAITING_APPROVAL);
            WorkflowStub second = rig.start("typed-by-hand");

            assertThat(rig.failure(second).getType()).isEqualTo("ALREADY_RUNNING");
            assertThat(rig.failure(second).getOriginalMessage()).contains("guard/orders");
            rig.say(first, "approve", "ana");
            assertThat(rig.result(first).verdict()).isEqualTo(Verdict.GREEN);
        }
    }

    @Test
    void freesTheServiceWhenItEnds() {
        try (FailoverRig rig = new FailoverRig(TwoRegions.withLiveEast())) {
            rig.complete("failover/orders/1");
            WorkflowStub second = rig.start("failover/orders/2");
            rig.awaitPhase(second, RunPhase.AWAITING_APPROVAL);

            assertThat(rig.status(second).fromRegion()).isEqualTo(WEST);
        }
    }

    @Test
    void stopsBeforeTheNextStepWhileItIsHeld() {
        try (FailoverRig rig = new FailoverRig(TwoRegions.withDeadEast())) {
            CountDownLatch gate = rig.regions.block("Epoch_Take");
            WorkflowStub run = rig.start("failover/orders/1");
            rig.approve(run, "ana");
            rig.say(run, "hold", "ben");
            gate.countDown();
            rig.awaitStatus(run, s -> FailoverRig.stateOf(s, "Take the epoch") == StepState.SUCCEEDED);

            RunStatus held = rig.status(run);
            assertThat(held.held()).isTrue();
            assertThat(held.waitingFor()).hasValueSatisfying(w -> assertThat(w).contains("resume"));
            assertThat(rig.regions.seen()).noneMatch(c -> c.startsWith("Workload_Hold"));
            rig.say(run, "resume", "ben");

            assertThat(rig.result(run).verdict()).isEqualTo(Verdict.GREEN);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"FAIL_BEFORE", "LOSE_REPLY"})
    void replaysTheWholeHistoryAtEveryTaskWithoutChangingItsMind(TwoRegions.Fault fault) {
        try (FailoverRig rig = new FailoverRig(TwoRegions.withLiveEast(), 0)) {
            rig.regions.inject("Promotion_Promote", fault);

            assertThat(rig.complete("failover/orders/1").verdict()).isEqualTo(Verdict.GREEN);
        }
    }

    @Test
    void saysEverythingThatIsWrongWithARequestAtOnce() {
        try (FailoverRig rig = new FailoverRig(TwoRegions.withDeadEast())) {
            WorkflowStub run = rig.start(
                    "failover/orders/1",
                    new FailoverRequest(
                            Optional.empty(),
                            Optional.empty(),
                            Optional.of("sideways"),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty()));

            assertThat(rig.failure(run).getOriginalMessage())
                    .contains("\"service\" is missing")
                    .contains("\"reason\" is missing")
                    .contains("sideways");
        }
    }

    @Test
    void failsAtOnceForAnUnknownService() {
        try (FailoverRig rig = new FailoverRig(TwoRegions.withDeadEast())) {
            WorkflowStub run = rig.start("failover/nothing/1", FailoverRequest.of("nothing", "typo"));

            assertThat(rig.failure(run).getType()).isEqualTo("TARGET_NOT_FOUND");
        }
    }
}
