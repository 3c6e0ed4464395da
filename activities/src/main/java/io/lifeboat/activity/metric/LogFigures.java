package io.lifeboat.activity.metric;

import io.lifeboat.activity.backup.BackupPlace;
import io.lifeboat.activity.wal.StoredLog;
import java.time.Duration;
import java.util.Optional;

/**
 * What one place holds of a datastore's log.
 *
 * @param ship how long what is written may wait before it is stored, as the runbook has it
 * @param isKnown whether the place could be read lately
 * @param stored empty when nothing is, or nothing is known
 */
public record LogFigures(BackupPlace place, Duration ship, boolean isKnown, Optional<StoredLog> stored) {}
