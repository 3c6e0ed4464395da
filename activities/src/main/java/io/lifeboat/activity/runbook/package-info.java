/** Loading a runbook from the worker's catalog. */
@NullMarked
package io.lifeboat.activity.runbook;

import org.jspecify.annotations.NullMarked;
