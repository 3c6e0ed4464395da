package io.lifeboat.activity.metric;

import io.lifeboat.activity.backup.BackupPlace;
import java.time.Instant;
import java.util.Optional;

/**
 * Whether a datastore's folder in one bucket can be read, and how much is in it.
 *
 * @param readable whether the newest look succeeded; empty before the first has ended
 * @param lastRead when a look last succeeded
 * @param storedBytes of everything there, also of what no policy of the runbook has made; empty when it is not known
 */
public record CatalogueFigures(
        BackupPlace place, Optional<Boolean> readable, Optional<Instant> lastRead, Optional<Long> storedBytes) {}
