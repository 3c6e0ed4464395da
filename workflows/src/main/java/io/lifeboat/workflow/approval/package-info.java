/** Who agreed to what, until when. */
@NullMarked
package io.lifeboat.workflow.approval;

import org.jspecify.annotations.NullMarked;
