/** Restores that prove backups: into an instance that cannot be mistaken for production, checked there, and destroyed. */
@NullMarked
package io.lifeboat.workflow.restore;

import org.jspecify.annotations.NullMarked;
