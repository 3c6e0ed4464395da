package io.lifeboat.workflow.epoch;

import io.lifeboat.runbook.Ledger;

/**
 * The right to change a service. Every effect names its epoch and is refused with {@code STALE_EPOCH} when a newer one
 * exists; checked at the effect, not before it.
 *
 * @param number grows by one with each run that takes it
 * @param run workflow id and run id of the holder
 * @param ledger where the newest epoch is kept
 */
public record Epoch(String service, long number, String run, Ledger ledger) {}
