/** Making writes in a region impossible, with a proof. */
@NullMarked
package io.lifeboat.workflow.fence;

import org.jspecify.annotations.NullMarked;
