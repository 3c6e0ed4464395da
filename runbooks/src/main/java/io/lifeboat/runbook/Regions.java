package io.lifeboat.runbook;

/**
 * The two regions of a service, by the names the vendors give them ({@code us-east-1}).
 *
 * @param primary where the service lives on an ordinary day
 * @param standby where it goes when the primary is lost; the orchestrator and the ledger live there
 */
public record Regions(String primary, String standby) {}
