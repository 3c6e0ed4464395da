package io.lifeboat.activity.database;

/**
 * A database that has just left recovery.
 *
 * @param begins position at which the new timeline begins
 * @param connectionsAllowedAgain whether a fence replicated from the old primary had to be lifted on it
 */
public record PromotedDatabase(long timelineBefore, long timelineAfter, Lsn begins, boolean connectionsAllowedAgain) {}
