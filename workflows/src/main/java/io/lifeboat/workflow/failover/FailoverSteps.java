package io.lifeboat.workflow.failover;

import io.lifeboat.workflow.run.Step;
import java.util.List;

/** The steps of a region failover in their order. The order is the safety: fence before promotion, proof before traffic. */
final class FailoverSteps {
    static final Step ASSESS = new Step(1, "Assess", false);
    static final Step APPROVE = new Step(2, "Approve", false);
    static final Step TAKE_EPOCH = new Step(3, "Take the epoch", false);
    static final Step HOLD = new Step(4, "Hold automation", true);
    static final Step FENCE = new Step(5, "Fence", false);
    static final Step CHECK = new Step(6, "Check the standby", false);
    static final Step PROMOTE = new Step(7, "Promote", false);
    static final Step SCALE_UP = new Step(8, "Scale up", false);
    static final Step VERIFY = new Step(9, "Verify", false);
    static final Step TRAFFIC = new Step(10, "Move traffic", false);
    static final Step WATCH = new Step(11, "Watch", true);
    static final Step CLOSE = new Step(12, "Close", false);

    static final List<Step> ALL =
            List.of(ASSESS, APPROVE, TAKE_EPOCH, HOLD, FENCE, CHECK, PROMOTE, SCALE_UP, VERIFY, TRAFFIC, WATCH, CLOSE);

    private FailoverSteps() {}

    /** "5/12 Fence us-east-1 by power", as the UI's timeline shows it. */
    static String summary(Step step, String what) {
        return step.number() + "/" + ALL.size() + " " + step.name() + (what.isEmpty() ? "" : ": " + what);
    }
}
