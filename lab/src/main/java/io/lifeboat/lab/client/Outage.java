package io.lifeboat.lab.client;

import java.time.Instant;

/**
 * A gap between two good answers.
 *
 * @param startedAt wall time of the last good answer before it
 * @param lastGood the last good answer before it, {@link System#nanoTime}
 * @param until the first good answer after it; the moment of asking while it lasts
 * @param open whether it lasts
 */
record Outage(Instant startedAt, long lastGood, long until, boolean open) {}
