package io.lifeboat.lab.demo;

import io.lifeboat.lab.Lab;
import io.lifeboat.workflow.client.ClientRecord;
import io.lifeboat.workflow.failover.FailoverRequest;
import io.lifeboat.workflow.run.RunPhase;
import io.lifeboat.workflow.run.RunStatus;
import io.temporal.client.WorkflowStub;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** The story of the demo, from a healthy service to a verdict. */
final class Demo {
    private static final String SERVICE = "orders";
    private static final String COMMANDER = "demo commander";
    /** So many acknowledged orders make a steady load: three seconds at the client's pace. */
    private static final int STEADY = 150;

    private static final Duration RUN = Duration.ofMinutes(3);
    private static final Duration PERSON = Duration.ofHours(8);

    private final DemoView view;
    private final boolean personStarts;
    private final Path reports;
    private final long began = System.nanoTime();

    /** @param reports where the report is kept after the lab is gone */
    Demo(DemoView view, boolean personStarts, Path reports) {
        this.view = view;
        this.personStarts = personStarts;
        this.reports = reports;
    }

    DemoResult run(Lab lab) {
        view.chapter("Orders are coming in through orders.lifeboat.test, served by "
                + lab.state().primary().name());
        ClientRecord before = SteadyLoad.await(lab, STEADY);
        view.line(before.acknowledged() + " orders acknowledged, all answers good");
        try (Commander commander = new Commander(lab.state().temporal())) {
            view.chapter("Region " + lab.state().primary().name() + " is lost");
            long impact = System.nanoTime();
            int killed = lab.killRegion(lab.state().primary().name());
            view.line(killed + " processes killed: database, object store, Kubernetes, service");
            new Alarm(lab.state()).awaitRing();
            double detect = secondsSince(impact);
            view.line("the alarm rings after " + DemoView.seconds(detect));
            long alarm = System.nanoTime();
            WorkflowStub run = personStarts ? askPerson(lab, commander) : startAndApprove(commander, detect);
            double decide = secondsSince(alarm);
            RunStatus end = commander.awaitEnd(run, personStarts ? PERSON : RUN, view::progress);
            return result(lab, end, detect, personStarts ? approvedAfter(end, decide) : decide);
        }
    }

    private WorkflowStub startAndApprove(Commander commander, double detect) {
        view.chapter("A failover is started");
        FailoverRequest request = new FailoverRequest(
                Optional.of(SERVICE),
                Optional.of("us-east-1 is gone"),
                Optional.empty(),
                Optional.of("demo"),
                Optional.of("demo alarm"),
                Optional.of(detect));
        WorkflowStub run = commander.start("failover/" + SERVICE + "/demo", request);
        commander.await(run, RunPhase.AWAITING_APPROVAL, RUN, view::progress);
        commander.approve(run, COMMANDER, "the region is gone, the plan is right");
        return run;
    }

    private WorkflowStub askPerson(Lab lab, Commander commander) {
        String ui = lab.state().temporal().ui() + "/namespaces/"
                + lab.state().temporal().namespace();
        view.chapter("Now it is your turn, in the Temporal UI");
        view.line("1. open " + ui + "/workflows/start-workflow?taskQueue=lifeboat-control&workflowType=RegionFailover");
        view.line("2. give it a workflow id, for instance failover/orders/mine, and this input:");
        view.line("     {\"service\":\"orders\",\"reason\":\"us-east-1 is gone\"}");
        view.line("3. open the run; User Metadata shows the live table");
        view.line("4. More actions > Send an Update > approve, with this input:");
        view.line("     {\"by\":\"you\",\"reason\":\"the plan is right\"}");
        WorkflowStub run = commander.awaitStartedByAPerson();
        commander.await(run, RunPhase.RUNNING, PERSON, view::progress);
        return run;
    }

    /** In the UI a person decides while the run waits; its approvals carry no monotonic clock of ours. */
    private static double approvedAfter(RunStatus end, double decide) {
        return end.approvals().isEmpty() ? 0 : decide;
    }

    private DemoResult result(Lab lab, RunStatus end, double detect, double decide) {
        return DemoResult.of(
                KeptReport.in(reports, end.report().orElseThrow()),
                lab.state().temporal().ui(),
                lab.parts(),
                Optional.of(round(detect)),
                round(decide),
                lab.secondsToUp(),
                round(lab.secondsToUp() + secondsSince(began)));
    }

    private static double secondsSince(long nanos) {
        return (System.nanoTime() - nanos) / 1e9;
    }

    private static double round(double seconds) {
        return Math.round(seconds * 1000) / 1000.0;
    }
}
