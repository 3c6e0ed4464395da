/** Reports of every kind of ending, rendered in every form. */
@NullMarked
package io.lifeboat.workflow.report;

import org.jspecify.annotations.NullMarked;
