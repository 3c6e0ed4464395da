package io.lifeboat.lab.route53;

import java.util.Optional;

/** What a series of observations amounts to: the status changes after as many in a row as the threshold says. */
final class HealthStatus {
    private final int threshold;
    private boolean up = true;
    private int contradictions;
    private Optional<HealthProber.Observation> newest = Optional.empty();

    HealthStatus(int threshold) {
        this.threshold = threshold;
    }

    synchronized void add(HealthProber.Observation observation) {
        newest = Optional.of(observation);
        contradictions = observation.success() == up ? 0 : contradictions + 1;
        if (contradictions == threshold) {
            up = !up;
            contradictions = 0;
        }
    }

    synchronized boolean isUp() {
        return up;
    }

    synchronized Optional<HealthProber.Observation> newest() {
        return newest;
    }
}
