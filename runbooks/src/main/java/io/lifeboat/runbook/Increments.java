package io.lifeboat.runbook;

import java.time.Duration;

/**
 * Base backups that hold only what has changed since the one before.
 *
 * @param full the longest time between two full ones
 */
public record Increments(Duration full) {}
