package io.lifeboat.activity.database;

import java.util.Optional;

/**
 * The newest promotion a database knows of, kept in the database itself and therefore replicated to its next standby.
 *
 * @param number the epoch
 * @param run workflow id and run id of the holder
 * @param region where the database was promoted
 * @param receipt what the promotion found, as JSON; absent until it was complete
 */
public record EpochRow(String service, long number, String run, String region, Optional<String> receipt) {}
