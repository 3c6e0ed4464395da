package io.lifeboat.runbook;

/**
 * How many backups of each age are kept: the newest of each of the last {@code hourly} hours that have one, of the last
 * {@code daily} days, and so on, by the calendar in UTC. A week begins on Monday (ISO 8601). One backup may be kept for several
 * reasons; nothing is kept for none.
 */
public record Keep(int hourly, int daily, int weekly, int monthly, int yearly) {}
