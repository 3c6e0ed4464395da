package io.lifeboat.activity.database;

/**
 * A numbered row that a pulse writes into a primary.
 *
 * @param pulse name of the pulse that wrote it
 * @param number grows by at least one with each marker of the pulse
 * @param atMillis when it was sent, on the pulse's own clock
 */
public record Marker(String pulse, long number, long atMillis) {}
