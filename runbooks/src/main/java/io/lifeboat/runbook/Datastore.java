package io.lifeboat.runbook;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A database of the service: one writer, and a standby in the other region where there is one.
 *
 * @param instances one entry a region
 * @param maxLag how far behind its primary a standby may be and still be promoted
 * @param backups how it is backed up; empty when it is not
 */
public record Datastore(
        String name,
        Kind kind,
        List<Instance> instances,
        Duration maxLag,
        @JsonSetter(nulls = Nulls.AS_EMPTY) List<BackupPolicy> backups) {

    /** The kinds of datastore Lifeboat knows how to promote. */
    public enum Kind {
        @JsonProperty("postgresql")
        POSTGRESQL
    }

    /** @param connection reference to a libpq URI with user, password, host, port and database */
    public record Instance(String region, Setting connection) {}

    public Datastore {
        instances = List.copyOf(instances);
        backups = List.copyOf(backups);
    }

    /** The policies from whose backups it can be had again. */
    public List<BackupPolicy> wholeBackups() {
        return backups.stream().filter(BackupPolicy::whole).toList();
    }

    public Optional<Instance> in(String region) {
        return instances.stream().filter(i -> i.region().equals(region)).findFirst();
    }
}
