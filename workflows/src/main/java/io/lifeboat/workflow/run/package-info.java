/** One run of a procedure, whatever the procedure: its steps, what it waits for, the commander's brakes, its compensations. */
@NullMarked
package io.lifeboat.workflow.run;

import org.jspecify.annotations.NullMarked;
