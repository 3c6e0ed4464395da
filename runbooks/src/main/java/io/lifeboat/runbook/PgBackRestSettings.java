package io.lifeboat.runbook;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import java.util.Optional;

/**
 * The repository of pgBackRest that holds a policy's backups, and how often it takes a full one.
 *
 * @param stanza what pgBackRest calls the database cluster
 * @param repository number of the repository in pgBackRest's configuration, from 1 on
 * @param config path of that configuration on the workers; absent for the place where pgBackRest looks by itself
 * @param full the longest time between two full backups
 * @param between what is taken meanwhile
 */
public record PgBackRestSettings(
        String stanza, int repository, Optional<String> config, Duration full, Between between) {

    /** What a backup between two full ones copies. */
    public enum Between {
        /** What has changed since the newest full one. */
        @JsonProperty("diff")
        DIFF,
        /** What has changed since the newest one of any type. */
        @JsonProperty("incr")
        INCR
    }
}
