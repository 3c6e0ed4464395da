package io.lifeboat.runbook;

import java.time.Duration;

/**
 * From which age on a backup is stored in a cheaper way. All ways are readable at once: none has to be thawed before a restore.
 *
 * @param warm for infrequent access, in whole days
 * @param cold for rare access, in whole days
 */
public record Tiers(Duration warm, Duration cold) {}
