/**
 * The service that is rescued: it takes orders over HTTP, keeps them in its region's PostgreSQL and marks them fulfilled.
 * A small but real one: an order is acknowledged only after the database acknowledged its commit, and placing the same
 * order again is harmless.
 */
@NullMarked
package io.lifeboat.lab.orders;

import org.jspecify.annotations.NullMarked;
