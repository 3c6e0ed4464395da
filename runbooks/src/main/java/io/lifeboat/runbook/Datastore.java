package io.lifeboat.runbook;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A database of the service: one writer, and a standby in the other region where there is one.
 *
 * @param instances one entry a region
 * @param maxLag how far behind its primary a standby may be and still be promoted
 * @param backup how often a backup is taken; absent when there is none
 */
public record Datastore(
        String name, Kind kind, List<Instance> instances, Duration maxLag, Optional<BackupPolicy> backup) {

    /** The kinds of datastore Lifeboat knows how to promote. */
    public enum Kind {
        @JsonProperty("postgresql")
        POSTGRESQL
    }

    /** @param connection reference to a libpq URI with user, password, host, port and database */
    public record Instance(String region, Setting connection) {}

    /** @param every the longest time between two backups */
    public record BackupPolicy(Duration every, String region, String bucket) {}

    public Datastore {
        instances = List.copyOf(instances);
    }

    public Optional<Instance> in(String region) {
        return instances.stream().filter(i -> i.region().equals(region)).findFirst();
    }
}
