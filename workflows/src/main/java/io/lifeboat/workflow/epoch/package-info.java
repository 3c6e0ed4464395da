/** The epoch of a service: a number that only one run can hold, checked at every effect. */
@NullMarked
package io.lifeboat.workflow.epoch;

import org.jspecify.annotations.NullMarked;
