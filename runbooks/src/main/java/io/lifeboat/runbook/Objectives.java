package io.lifeboat.runbook;

import java.time.Duration;

/**
 * What the service has promised.
 *
 * @param rto the longest time from the impact to the client's first good answer
 * @param rpo the longest stretch of acknowledged writes that may be missing afterwards
 */
public record Objectives(Duration rto, Duration rpo) {}
