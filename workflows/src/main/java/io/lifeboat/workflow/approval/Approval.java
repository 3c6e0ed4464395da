package io.lifeboat.workflow.approval;

import java.time.Instant;

/**
 * A named person's recorded yes.
 *
 * @param planHash the plan it is bound to
 * @param expiresAt after which it no longer counts
 */
public record Approval(String by, String reason, String planHash, Instant at, Instant expiresAt) {}
