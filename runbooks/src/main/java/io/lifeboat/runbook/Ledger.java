package io.lifeboat.runbook;

/**
 * Where epochs and reports are kept: a bucket that is still there when the primary region is not.
 *
 * @param region region of the bucket; the worker's configuration says how that region's object store is reached
 */
public record Ledger(String region, String bucket) {}
