package io.lifeboat.workflow.run;

/** What a run comes to, in one word. */
public enum Verdict {
    /** Every step, every verification and every objective is good. */
    GREEN,
    /** The service is recovered, but a step was skipped, or an objective was missed or not measured. */
    AMBER,
    /** The service is not recovered by this run. */
    RED
}
