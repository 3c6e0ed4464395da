/** Temporal's schedules, paused and resumed by a run. */
@NullMarked
package io.lifeboat.activity.schedule;

import org.jspecify.annotations.NullMarked;
