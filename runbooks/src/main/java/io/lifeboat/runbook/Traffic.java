package io.lifeboat.runbook;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import java.util.List;

/**
 * How clients reach the service: one weighted DNS name over the regions.
 *
 * @param zone the DNS zone, without the last dot
 * @param record the public name, inside the zone
 * @param ttl how long a resolver may keep an answer
 * @param watch how long clients must get good answers after the move before the failover counts as done
 * @param endpoints one entry a region
 */
public record Traffic(
        Driver driver,
        String zone,
        String record,
        Duration ttl,
        HealthCheck healthCheck,
        Duration watch,
        List<Endpoint> endpoints) {

    /** The ways of moving traffic. */
    public enum Driver {
        @JsonProperty("route53-weights")
        ROUTE53_WEIGHTS
    }

    /**
     * How long DNS takes to notice a dead endpoint: {@code interval} times {@code failures}.
     *
     * @param failures consecutive failures before an endpoint counts as dead
     */
    public record HealthCheck(Duration interval, int failures) {}

    /**
     * Where the service answers in one region.
     *
     * @param address IPv4 address of the region's entry
     * @param port port the service answers HTTP on
     * @param weight share of the traffic on an ordinary day, 0 to 255 (Amazon Route 53 API Reference, ResourceRecordSet)
     */
    public record Endpoint(String region, Setting address, Setting port, int weight) {}

    public Traffic {
        endpoints = List.copyOf(endpoints);
    }

    public Endpoint in(String region) {
        return endpoints.stream()
                .filter(e -> e.region().equals(region))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no endpoint in region \"" + region + "\""));
    }
}
