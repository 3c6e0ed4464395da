package io.lifeboat.workflow.report;

import java.time.Duration;
import java.util.Optional;

/**
 * A promise and what became of it.
 *
 * @param name as people call it, with its short form
 * @param actual seconds; absent where nobody measured it
 * @param sentence what was measured by whom, or why nothing was
 */
public record Objective(
        String name, Duration target, Optional<Double> actual, Outcome outcome, String figure, String sentence) {

    /** Whether a promise was kept. */
    public enum Outcome {
        MET("met"),
        MISSED("missed"),
        NOT_MEASURED("not measured");

        private final String words;

        Outcome(String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }
    }

    static Objective measured(String name, Duration target, double actual, String sentence) {
        Outcome outcome = actual <= Seconds.of(target) ? Outcome.MET : Outcome.MISSED;
        return new Objective(name, target, Optional.of(actual), outcome, Seconds.text(actual), sentence);
    }

    static Objective notMeasured(String name, Duration target, String sentence) {
        return new Objective(name, target, Optional.empty(), Outcome.NOT_MEASURED, "not measured", sentence);
    }

    /** How much of what was allowed was used, from 0 to 1. */
    double share() {
        double allowed = Math.max(Seconds.of(target), 0.001);
        return Math.min(1, actual.orElse(0.0) / allowed);
    }
}
