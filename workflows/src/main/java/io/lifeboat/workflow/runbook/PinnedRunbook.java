package io.lifeboat.workflow.runbook;

import io.lifeboat.runbook.Runbook;

/**
 * A runbook's content at the moment a run loaded it.
 *
 * @param sha256 of the file's bytes, in hex
 */
public record PinnedRunbook(Runbook runbook, String file, String sha256) {}
