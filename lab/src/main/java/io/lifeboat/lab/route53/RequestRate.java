package io.lifeboat.lab.route53;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * The limit on the whole account: "All requests: Five requests per second per AWS account. If you submit more than five
 * requests per second, Route 53 returns an HTTP 400 error" with code {@code Throttling} and message {@code Rate exceeded}.
 */
final class RequestRate {
    private static final double SECOND = Duration.ofSeconds(1).toNanos();

    private final InstantSource clock;
    private final int perSecond;
    private final int burst;
    private double available;
    private Instant asOf;

    /** @param burst how many requests may come at once after a pause */
    RequestRate(InstantSource clock, int perSecond, int burst) {
        this.clock = clock;
        this.perSecond = perSecond;
        this.burst = burst;
        this.available = burst;
        this.asOf = clock.instant();
    }

    synchronized void admit() {
        Instant now = clock.instant();
        double passed = Math.max(0, Duration.between(asOf, now).toNanos()) / SECOND;
        available = Math.min(burst, available + passed * perSecond);
        asOf = now;
        if (available < 1) {
            throw Route53Fault.of(400, "Throttling", "Rate exceeded");
        }
        available--;
    }
}
