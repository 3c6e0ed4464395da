/** Restores that prove backups, in an instance that cannot be mistaken for production. */
@NullMarked
package io.lifeboat.activity.restore;

import org.jspecify.annotations.NullMarked;
