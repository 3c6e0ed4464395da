package io.lifeboat.activity.retention;

import java.time.Instant;
import java.util.Optional;

/**
 * Objects of a backup that has no manifest: one that is being written, or that never ended. A manifest that is there and cannot be
 * read makes a {@link StoredBackup#unreadable} instead.
 *
 * @param lastWrittenAt when its newest object was stored
 * @param lockedUntil until when the store itself refuses to remove any of its objects
 */
public record UnfinishedBackup(String id, Instant lastWrittenAt, Optional<Instant> lockedUntil) {}
