package io.lifeboat.workflow.run;

import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.UpdateMethod;
import io.temporal.workflow.UpdateValidatorMethod;

/** The commander's brakes of a run, the same for every procedure that has them. Each answers with what is true afterwards. */
public interface CommandedRun {
    @QueryMethod(name = "status", description = "What happens now, what was decided by whom, what the run waits for.")
    RunStatus status();

    @UpdateMethod(
            name = "approve",
            description = "Agree to the plan. Input: {\"by\":\"you\",\"reason\":\"why\"}, optionally \"planHash\".")
    String approve(Decision decision);

    @UpdateValidatorMethod(updateName = "approve")
    void checkApprove(Decision decision);

    @UpdateMethod(
            name = "reject",
            description =
                    "Refuse the plan; the run ends without an effect. Input: {\"by\":\"you\",\"reason\":\"why\"}.")
    String reject(Decision decision);

    @UpdateValidatorMethod(updateName = "reject")
    void checkReject(Decision decision);

    @UpdateMethod(
            name = "hold",
            description =
                    "Stop before the next step; the step under way finishes. Input: {\"by\":\"you\",\"reason\":\"why\"}.")
    String hold(Decision decision);

    @UpdateValidatorMethod(updateName = "hold")
    void checkHold(Decision decision);

    @UpdateMethod(name = "resume", description = "Go on after a hold. Input: {\"by\":\"you\",\"reason\":\"why\"}.")
    String resume(Decision decision);

    @UpdateValidatorMethod(updateName = "resume")
    void checkResume(Decision decision);

    @UpdateMethod(
            name = "abort",
            description =
                    "Undo everything and end; refused after the point of no return. Input: {\"by\":\"you\",\"reason\":\"why\"}.")
    String abort(Decision decision);

    @UpdateValidatorMethod(updateName = "abort")
    void checkAbort(Decision decision);

    @UpdateMethod(
            name = "retryStep",
            description =
                    "Try the step that failed again. Input: {\"by\":\"you\",\"reason\":\"why\"}, optionally \"step\".")
    String retryStep(Decision decision);

    @UpdateValidatorMethod(updateName = "retryStep")
    void checkRetryStep(Decision decision);

    @UpdateMethod(
            name = "skipStep",
            description =
                    "Leave out the step that failed, where it may be left out; the verdict is then not green. Input: {\"by\":\"you\",\"reason\":\"why\"}, optionally \"step\".")
    String skipStep(Decision decision);

    @UpdateValidatorMethod(updateName = "skipStep")
    void checkSkipStep(Decision decision);
}
