/** Backups of a service: taken, copied, pruned, listed and verified. A backup exists when its signed manifest exists. */
@NullMarked
package io.lifeboat.workflow.backup;

import org.jspecify.annotations.NullMarked;
