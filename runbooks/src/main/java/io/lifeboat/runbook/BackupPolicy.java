package io.lifeboat.runbook;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How a datastore is backed up: how, how often, where to, and for how long.
 *
 * @param name unique in the datastore
 * @param every the longest time between two backups
 * @param dataClass name of the keys that seal the backups
 * @param in where a backup is written first
 * @param copies further places every backup is copied to
 * @param lock how long the store refuses to delete a backup; absent when it never refuses
 * @param minSize a smaller backup counts as failed; absent when any size will do
 * @param holdFor how long every backup is held for compliance, whatever {@code keep} says; absent when there is no such duty
 * @param archive how the datastore's log is kept between two backups, so that it can go back to any moment; absent when it is not
 * @param dump what a logical backup takes; absent for the whole database, as the method does by itself
 * @param increments how often a base backup is a full one; absent when every one is
 * @param pgbackrest where pgBackRest keeps the backups; there with its method, and only with it
 * @param tiers from which age on backups are stored in a cheaper way; absent where all stay as they were written
 */
public record BackupPolicy(
        String name,
        Method method,
        Duration every,
        String dataClass,
        BucketPlace in,
        List<BucketPlace> copies,
        Keep keep,
        Optional<LockPolicy> lock,
        Optional<DataSize> minSize,
        Optional<Duration> holdFor,
        Optional<LogArchive> archive,
        Optional<DumpScope> dump,
        Optional<Increments> increments,
        Optional<PgBackRestSettings> pgbackrest,
        Optional<Tiers> tiers) {

    /** What takes the backup. */
    public enum Method {
        @JsonProperty("logical")
        LOGICAL,
        @JsonProperty("basebackup")
        BASEBACKUP,
        @JsonProperty("pgbackrest")
        PGBACKREST
    }

    public BackupPolicy {
        copies = List.copyOf(copies);
    }

    /** Whether its backups are copies of the whole server's files, which become a server of their own. */
    public boolean ofFiles() {
        return method != Method.LOGICAL;
    }

    /** Whether the datastore can go back to any moment with it: pgBackRest archives the log by itself. */
    public boolean toAnyMoment() {
        return archive.isPresent() || method == Method.PGBACKREST;
    }

    /** Every place that has each backup, the one it is written to first. */
    public List<BucketPlace> places() {
        return Stream.concat(Stream.of(in), copies.stream()).toList();
    }

    /** Whether the datastore can be had again from its backups. */
    public boolean whole() {
        return dump.map(DumpScope::whole).orElse(true);
    }

    /** Whether every copy lies in this one region. */
    public boolean onlyIn(String region) {
        return places().stream().allMatch(place -> place.region().equals(region));
    }
}
