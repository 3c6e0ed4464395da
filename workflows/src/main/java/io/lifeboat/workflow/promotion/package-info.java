/** Turning a standby into the primary, and counting what was lost. */
@NullMarked
package io.lifeboat.workflow.promotion;

import org.jspecify.annotations.NullMarked;
