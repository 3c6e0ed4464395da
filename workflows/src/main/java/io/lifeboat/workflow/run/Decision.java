package io.lifeboat.workflow.run;

import java.util.Optional;

/**
 * What a commander says to a run.
 *
 * @param by who says it
 * @param reason why
 * @param planHash the plan that was read, where the commander wants the run to refuse another one
 * @param step the step that is meant, where the commander wants the run to refuse another one
 */
public record Decision(Optional<String> by, Optional<String> reason, Optional<String> planHash, Optional<String> step) {
    public static Decision of(String by, String reason) {
        return new Decision(Optional.of(by), Optional.of(reason), Optional.empty(), Optional.empty());
    }

    public String person() {
        return by.map(String::strip).orElse("");
    }

    public String why() {
        return reason.map(String::strip).orElse("");
    }
}
