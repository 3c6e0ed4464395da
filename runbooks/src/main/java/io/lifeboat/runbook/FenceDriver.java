package io.lifeboat.runbook;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Duration;
import java.util.List;

/**
 * A way of making writes in a region impossible, provably. The drivers of a runbook are tried in order until one returns
 * a proof.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "driver")
@JsonSubTypes({
    @JsonSubTypes.Type(value = FenceDriver.Database.class, name = "database"),
    @JsonSubTypes.Type(value = FenceDriver.Kubernetes.class, name = "kubernetes"),
    @JsonSubTypes.Type(value = FenceDriver.Power.class, name = "power")
})
public sealed interface FenceDriver {
    /** How long the driver may take before it counts as not proven. */
    Duration timeout();

    /** The driver's word in a runbook. */
    @JsonIgnore
    String word();

    /** Refuse new connections, end the old ones, then prove it by trying to connect. */
    record Database(Duration timeout) implements FenceDriver {
        @Override
        public String word() {
            return "database";
        }
    }

    /** Scale the writers to zero and see that their pods are gone. */
    record Kubernetes(Duration timeout) implements FenceDriver {
        @Override
        public String word() {
            return "kubernetes";
        }
    }

    /** Have a fence agent stop the machines of the region, then ask it whether they are off. */
    record Power(Duration timeout, List<Agent> agents) implements FenceDriver {
        /** @param url base URL of the fence agent of a region */
        public record Agent(String region, Setting url) {}

        public Power {
            agents = List.copyOf(agents);
        }

        @Override
        public String word() {
            return "power";
        }
    }
}
