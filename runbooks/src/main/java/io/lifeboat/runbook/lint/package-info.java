/**
 * Lint: whether a runbook that reads well can also work. Each rule is a class that proves or refutes one promise of the
 * runbook from its own facts, before an outage does.
 */
@NullMarked
package io.lifeboat.runbook.lint;

import org.jspecify.annotations.NullMarked;
