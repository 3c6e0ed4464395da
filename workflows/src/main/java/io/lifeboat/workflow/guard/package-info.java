/** Mutual exclusion per service: one mutating run at a time, whatever workflow id a person typed. */
@NullMarked
package io.lifeboat.workflow.guard;

import org.jspecify.annotations.NullMarked;
