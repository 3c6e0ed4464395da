package io.lifeboat.lab.client;

import java.time.Instant;
import java.util.UUID;

/**
 * An order that the service promised to keep.
 *
 * @param region which region said so
 * @param nanos when the whole answer was here, on {@link System#nanoTime}
 * @param at the same moment as a wall clock showed it, for people
 */
record Acknowledged(UUID key, long id, String region, long nanos, Instant at) {}
