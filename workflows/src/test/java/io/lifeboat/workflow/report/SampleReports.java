package io.lifeboat.workflow.report;

import io.lifeboat.runbook.Ledger;
import io.lifeboat.runbook.Objectives;
import io.lifeboat.workflow.Fact;
import io.lifeboat.workflow.approval.Approval;
import io.lifeboat.workflow.client.ClientRecord;
import io.lifeboat.workflow.report.RunReport.Clocks;
import io.lifeboat.workflow.report.RunReport.CompensationReport;
import io.lifeboat.workflow.report.RunReport.Interruption;
import io.lifeboat.workflow.report.RunReport.MarkerReport;
import io.lifeboat.workflow.report.RunReport.RunbookReference;
import io.lifeboat.workflow.report.RunReport.TemporalRun;
import io.lifeboat.workflow.report.StepReport.ActivityReport;
import io.lifeboat.workflow.run.RunPhase;
import io.lifeboat.workflow.run.StepState;
import io.lifeboat.workflow.run.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One report for each way a failover ends. */
final class SampleReports {
    static final Instant START = Instant.parse("2026-11-21T03:04:05Z");
    static final String PLAN = "5f1d9c0e7a3b4c2d8e6f";
    private static final String WORKER = "worker@us-west-2-a";

    private SampleReports() {}

    /** Everything good, in seconds. */
    static RunReport green() {
        List<StepReport> steps = List.of(
                step(
                        1,
                        "Assess both regions",
                        0,
                        2.04,
                        "The service lives in us-east-1; us-east-1 does not answer, us-west-2 answers."),
                approve(2, 2.04, 8.51),
                step(3, "Take the epoch", 10.55, 0.03, "Epoch 4 of orders is held by this run."),
                step(
                        4,
                        "Hold automation",
                        10.58,
                        2.01,
                        "Automation in us-east-1 could not be held: its Kubernetes did not answer within 2 s."),
                fence(5, 12.59, 2.30),
                promote(6, 14.89, 0.84),
                scaleUp(7, 15.73, 1.92),
                step(8, "Verify in us-west-2", 17.65, 0.31, "All 3 smoke tests passed in us-west-2."),
                step(
                        9,
                        "Move traffic",
                        17.96,
                        0.42,
                        "orders.lifeboat.test answers with us-west-2 on every authoritative server."),
                step(10, "Watch", 18.38, 5.01, "50 of 50 answers through orders.lifeboat.test were good in 5 s."),
                step(11, "Close", 23.39, 0.06, "CronJobs run in us-west-2 again: orders-invoices."));
        return report(
                RunPhase.SUCCEEDED,
                Verdict.GREEN,
                "orders is back in us-west-2 after 21.4 s, and 3 of 4,211 acknowledged orders are missing (0.35 s of 5 min).",
                23.45,
                new Clocks(
                        some(3.2),
                        some(10.55),
                        some(2.3),
                        some(0.84),
                        Optional.empty(),
                        some(1.92),
                        some(0.31),
                        some(0.42),
                        some(7.83),
                        some(21.43)),
                Optional.of(new ClientRecord(
                        1,
                        "synthetic-orders",
                        4211,
                        3,
                        some(0.35),
                        Optional.of(new ClientRecord.Outage("2026-11-21T03:04:01.900Z", 21.43, false)),
                        true)),
                List.of(new MarkerReport("orders-db", 1204, 1, 1.0)),
                steps,
                List.of(approval()),
                List.of(),
                List.of(),
                List.of());
    }

    /** Recovered, but a step was skipped and nobody measured the recovery time; it took forty minutes. */
    static RunReport amber() {
        List<StepReport> steps = List.of(
                step(
                        1,
                        "Assess both regions",
                        0,
                        2.1,
                        "The service lives in us-east-1; us-east-1 does not answer, us-west-2 answers."),
                approve(2, 2.1, 611),
                step(3, "Take the epoch", 613.1, 0.4, "Epoch 5 of orders is held by this run."),
                step(
                        4,
                        "Hold automation",
                        613.5,
                        2.0,
                        "Automation in us-east-1 could not be held: its Kubernetes did not answer within 2 s."),
                new StepReport(
                        5,
                        "Fence us-east-1",
                        StepState.SUCCEEDED,
                        Optional.of(at(615.5)),
                        915,
                        860,
                        3,
                        "No write is possible in us-east-1, proven by power: the agent reports power off and 0 processes.",
                        List.of(
                                new Fact("database", "no proof: connect timed out after 2 s"),
                                new Fact("power", "off, 0 processes")),
                        List.of(
                                new ActivityReport(
                                        "Fence_fence",
                                        615.5,
                                        25,
                                        3,
                                        WORKER,
                                        Optional.of("UNAVAILABLE: the agent at us-east-1 did not answer within 10 s")),
                                new ActivityReport("Fence_fence", 1500.5, 30, 1, WORKER, Optional.empty()))),
                step(6, "Promote orders-db", 1530.5, 45, "orders-db in us-west-2 accepts writes on timeline 7."),
                step(
                        7,
                        "Scale up us-west-2",
                        1575.5,
                        180,
                        "orders-api 3 of 3, orders-fulfilment 2 of 2 replicas ready."),
                new StepReport(
                        8,
                        "Verify in us-west-2",
                        StepState.SKIPPED,
                        Optional.of(at(1755.5)),
                        540,
                        480,
                        2,
                        "Skipped by bo: \"an order can be read\" needs a fixture that us-west-2 does not have.",
                        List.of(),
                        List.of()),
                step(
                        9,
                        "Move traffic",
                        2295.5,
                        61,
                        "orders.lifeboat.test answers with us-west-2 on every authoritative server."),
                step(10, "Watch", 2356.5, 60, "600 of 600 answers through orders.lifeboat.test were good in 60 s."),
                step(11, "Close", 2416.5, 1.2, "CronJobs run in us-west-2 again: orders-invoices."));
        return report(
                RunPhase.SUCCEEDED,
                Verdict.AMBER,
                "orders is back in us-west-2, but step 8 \"Verify in us-west-2\" was skipped by bo, and nobody measured the recovery time.",
                2417.7,
                new Clocks(
                        Optional.empty(),
                        some(613.1),
                        some(915),
                        some(45),
                        Optional.empty(),
                        some(180),
                        Optional.empty(),
                        some(61),
                        some(1743.4),
                        Optional.empty()),
                Optional.empty(),
                List.of(new MarkerReport("orders-db", 98_231, 2, 2.0)),
                steps,
                List.of(approval()),
                List.of(
                        "us-east-1 could not be asked anything: every look ran into its time-out.",
                        "The client record at ORDERS_CLIENT_RECORD did not answer; RTO is not measured."),
                List.of(),
                List.of());
    }

    /** Aborted before the promotion and undone. */
    static RunReport red() {
        List<StepReport> steps = new ArrayList<>(List.of(
                step(
                        1,
                        "Assess both regions",
                        0,
                        0.08,
                        "The service lives in us-east-1; us-east-1 answers, us-west-2 answers."),
                approve(2, 0.08, 0.21),
                step(3, "Take the epoch", 0.29, 0.02, "Epoch 6 of orders is held by this run."),
                step(4, "Hold automation", 0.31, 0.05, "Automation in us-east-1 is held: 1 CronJobs suspended."),
                new StepReport(
                        5,
                        "Fence us-east-1",
                        StepState.FAILED,
                        Optional.of(at(0.36)),
                        0.4,
                        0.2,
                        2,
                        "Cannot prove that us-east-1 is fenced: the database still accepted a write. Aborted by ada.",
                        List.of(new Fact("database", "no proof: a write was accepted after the fence")),
                        List.of(new ActivityReport(
                                "Fence_fence",
                                0.36,
                                0.2,
                                2,
                                WORKER,
                                Optional.of("CONFLICT: another session lifted the fence"))))));
        int number = 6;
        for (String name : List.of(
                "Promote orders-db", "Scale up us-west-2", "Verify in us-west-2", "Move traffic", "Watch", "Close")) {
            steps.add(new StepReport(
                    number++, name, StepState.NOT_EXECUTED, Optional.empty(), 0, 0, 0, "", List.of(), List.of()));
        }
        return report(
                RunPhase.ROLLED_BACK,
                Verdict.RED,
                "The failover of orders was aborted by ada before the promotion and everything was undone; orders still lives in us-east-1.",
                0.91,
                new Clocks(
                        Optional.empty(),
                        some(0.29),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()),
                Optional.of(new ClientRecord(1, "synthetic-orders", 310, 0, some(0), Optional.empty(), true)),
                List.of(),
                steps,
                List.of(approval()),
                List.of(),
                List.of(
                        new CompensationReport(
                                "Lift the fence in us-east-1",
                                true,
                                "The database in us-east-1 accepts connections again."),
                        new CompensationReport(
                                "Resume automation in us-east-1",
                                false,
                                "The API server did not answer within 2 s; CronJob orders-invoices is still suspended.")),
                List.of());
    }

    /** The worker died in the middle and came back. */
    static RunReport interrupted() {
        RunReport green = green();
        List<StepReport> steps = new ArrayList<>(green.steps());
        StepReport fence = steps.get(4);
        steps.set(
                4,
                new StepReport(
                        5,
                        fence.name(),
                        fence.state(),
                        fence.startedAt(),
                        2.3,
                        0,
                        2,
                        fence.detail(),
                        fence.facts(),
                        List.of(new ActivityReport(
                                "Fence_fence",
                                12.59,
                                2.3,
                                2,
                                "worker@us-west-2-b",
                                Optional.of("TIMEOUT: the heartbeat was missed; worker@us-west-2-a is gone")))));
        return green.with(
                steps,
                List.of(new Interruption(
                        "Fence us-east-1", "worker@us-west-2-a was lost and worker@us-west-2-b took over.", 1.74)));
    }

    /** Every free text tries to become something else. */
    static RunReport hostile() {
        String attack =
                "<script>alert(1)</script>\"'&\n\u001b[31m| `x` [a](javascript:alert(1)) \u202e" + "x".repeat(300);
        StepReport step = new StepReport(
                1,
                attack,
                StepState.SUCCEEDED,
                Optional.of(START),
                1,
                0,
                1,
                attack,
                List.of(new Fact(attack, attack)),
                List.of(new ActivityReport(attack, 0, 1, 1, attack, Optional.of(attack))));
        return new RunReport(
                1,
                attack,
                attack,
                attack,
                Optional.of(attack),
                attack,
                attack,
                RunPhase.SUCCEEDED,
                Verdict.GREEN,
                attack,
                attack,
                attack,
                Optional.of(1L),
                new TemporalRun(attack, attack, attack),
                new RunbookReference(attack, attack),
                new Ledger(attack, attack),
                new Objectives(Duration.ofMinutes(15), Duration.ofMinutes(5), Optional.empty()),
                Optional.of(attack),
                START,
                START.plusSeconds(1),
                green().clocks(),
                Optional.of(new ClientRecord(
                        1, attack, 1, 0, some(0), Optional.of(new ClientRecord.Outage(attack, 1, false)), true)),
                List.of(new MarkerReport(attack, 1, 1, 1)),
                List.of(step),
                List.of(new Approval(attack, attack, attack, START, START)),
                List.of(attack),
                List.of(attack),
                List.of(new CompensationReport(attack, true, attack)),
                List.of(new Interruption(attack, attack, 1)));
    }

    /** As many steps as asked for, one second each. */
    static RunReport withSteps(int count) {
        List<StepReport> steps = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            steps.add(step(i + 1, "Step of the runbook", i, 1, "Done."));
        }
        RunReport g = green();
        return report(
                g.phase(),
                g.verdict(),
                g.headline(),
                count,
                g.clocks(),
                Optional.empty(),
                List.of(),
                steps,
                List.of(),
                List.of(),
                List.of(),
                List.of());
    }

    private static RunReport report(
            RunPhase phase,
            Verdict verdict,
            String headline,
            double seconds,
            Clocks clocks,
            Optional<ClientRecord> client,
            List<MarkerReport> markers,
            List<StepReport> steps,
            List<Approval> approvals,
            List<String> warnings,
            List<CompensationReport> compensations,
            List<Interruption> interruptions) {
        return new RunReport(
                1,
                "RegionFailover",
                "unplanned",
                "orders",
                Optional.of("INC-2041"),
                "us-east-1 is gone: no answer since 03:04",
                "ada",
                phase,
                verdict,
                headline,
                "us-east-1",
                "us-west-2",
                Optional.of(4L),
                new TemporalRun("default", "failover/orders/INC-2041", "019aa3b1-6f0e-7c55-9d2e-0c9a6f1b2d3e"),
                new RunbookReference(
                        "runbooks/catalog/orders.yaml",
                        "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"),
                new Ledger("us-west-2", "lifeboat-ledger"),
                new Objectives(Duration.ofMinutes(15), Duration.ofMinutes(5), Optional.empty()),
                Optional.of(PLAN),
                START,
                at(seconds),
                clocks,
                client,
                markers,
                steps,
                approvals,
                List.of("03:04:15 ada approved plan 5f1d9c0e: the region is dark in every monitor"),
                warnings,
                compensations,
                interruptions);
    }

    private static StepReport step(int number, String name, double from, double seconds, String detail) {
        return new StepReport(
                number,
                name,
                StepState.SUCCEEDED,
                Optional.of(at(from)),
                seconds,
                0,
                1,
                detail,
                List.of(),
                List.of(new ActivityReport(name.split(" ")[0] + "_run", from, seconds, 1, WORKER, Optional.empty())));
    }

    private static StepReport approve(int number, double from, double seconds) {
        return new StepReport(
                number,
                "Approve the plan",
                StepState.SUCCEEDED,
                Optional.of(at(from)),
                seconds,
                seconds,
                0,
                "1 of 1 approval: ada.",
                List.of(new Fact("plan hash", PLAN)),
                List.of());
    }

    private static StepReport fence(int number, double from, double seconds) {
        return new StepReport(
                number,
                "Fence us-east-1",
                StepState.SUCCEEDED,
                Optional.of(at(from)),
                seconds,
                0,
                2,
                "No write is possible in us-east-1, proven by power: the agent reports power off and 0 processes.",
                List.of(
                        new Fact("database", "no proof: connect timed out after 2 s"),
                        new Fact("kubernetes", "no proof: connection refused"),
                        new Fact("power", "off, 0 processes, asked again after 50 ms")),
                List.of(
                        new ActivityReport("Fence_fence database", from, 2.0, 1, WORKER, Optional.empty()),
                        new ActivityReport("Fence_fence kubernetes", from, 0.02, 1, WORKER, Optional.empty()),
                        new ActivityReport(
                                "Fence_fence power",
                                from + 2.0,
                                0.3,
                                2,
                                WORKER,
                                Optional.of("UNAVAILABLE: the agent reset the connection"))));
    }

    private static StepReport promote(int number, double from, double seconds) {
        return new StepReport(
                number,
                "Promote orders-db",
                StepState.SUCCEEDED,
                Optional.of(at(from)),
                seconds,
                0,
                1,
                "orders-db in us-west-2 accepts writes on timeline 2. 1 of 1204 acknowledged markers are missing.",
                List.of(
                        new Fact("timeline", "1 → 2"),
                        new Fact("new timeline begins at", "0/5000A28"),
                        new Fact("acknowledged markers missing", "1 of 1204 (1.0 s)")),
                List.of(
                        new ActivityReport("Promotion_check", from, 0.2, 1, WORKER, Optional.empty()),
                        new ActivityReport(
                                "Promotion_promote", from + 0.2, seconds - 0.2, 1, WORKER, Optional.empty())));
    }

    private static StepReport scaleUp(int number, double from, double seconds) {
        return new StepReport(
                number,
                "Scale up us-west-2",
                StepState.SUCCEEDED,
                Optional.of(at(from)),
                seconds,
                0,
                1,
                "orders-api 3 of 3, orders-fulfilment 2 of 2 replicas ready.",
                List.of(
                        new Fact("orders-api", "0 → 3 replicas, 3 ready after 1.9 s"),
                        new Fact("orders-fulfilment", "0 → 2 replicas, 2 ready after 1.2 s")),
                List.of(
                        new ActivityReport("Workload_scale orders-api", from, seconds, 1, WORKER, Optional.empty()),
                        new ActivityReport(
                                "Workload_scale orders-fulfilment", from, 1.2, 1, WORKER, Optional.empty())));
    }

    private static Approval approval() {
        return new Approval("ada", "the region is dark in every monitor", PLAN, at(10.5), at(1810.5));
    }

    private static Instant at(double seconds) {
        return START.plusMillis(Math.round(seconds * 1000));
    }

    private static Optional<Double> some(double value) {
        return Optional.of(value);
    }
}
