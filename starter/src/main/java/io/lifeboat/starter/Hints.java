package io.lifeboat.starter;

import io.lifeboat.workflow.run.RunPhase;
import io.lifeboat.workflow.run.RunStatus;
import io.lifeboat.workflow.run.StepState;
import io.lifeboat.workflow.run.StepStatus;
import java.util.List;

/** What a person can type next. */
final class Hints {
    private Hints() {}

    static List<String> of(RunStatus status) {
        String id = status.workflowId();
        if (status.phase() == RunPhase.AWAITING_APPROVAL) {
            return List.of("lifeboat approve " + id, "lifeboat reject " + id + " --reason ...");
        }
        if (status.phase().isClosed()) {
            return List.of();
        }
        if (status.steps().stream().map(StepStatus::state).anyMatch(s -> s == StepState.WAITING)) {
            return status.abortable()
                    ? List.of("lifeboat retry " + id, "lifeboat abort " + id + " --reason ...")
                    : List.of("lifeboat retry " + id);
        }
        return status.held() ? List.of("lifeboat resume " + id) : List.of();
    }
}
