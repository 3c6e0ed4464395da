package io.lifeboat.runbook;

import java.time.Duration;

/**
 * The log of a datastore is received as it is written and kept beside its base backups, in the policy's first place and
 * copied to its others.
 *
 * @param ship how long what is written may wait before it is stored: what a loss of the source costs at most
 */
public record LogArchive(Duration ship) {}
