/**
 * Fence agents: what a baseboard controller or a cloud's stop-instances call is in production. An agent stops everything
 * that runs in its region, says so only after looking, and keeps the region off until the fence is lifted.
 */
@NullMarked
package io.lifeboat.lab.power;

import org.jspecify.annotations.NullMarked;
