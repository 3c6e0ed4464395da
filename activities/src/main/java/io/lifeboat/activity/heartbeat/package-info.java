/** Heartbeats for every activity, so that a lost worker is noticed whatever it was doing. */
@NullMarked
package io.lifeboat.activity.heartbeat;

import org.jspecify.annotations.NullMarked;
