/** Loading a runbook and pinning its content in the history. */
@NullMarked
package io.lifeboat.workflow.runbook;

import org.jspecify.annotations.NullMarked;
