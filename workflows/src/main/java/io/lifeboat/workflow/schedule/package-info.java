/** The schedules of a service, as far as a run holds them back. */
@NullMarked
package io.lifeboat.workflow.schedule;

import org.jspecify.annotations.NullMarked;
