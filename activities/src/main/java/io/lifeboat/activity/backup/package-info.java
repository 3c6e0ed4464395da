/** Backups: taken, sealed, signed, copied, kept, proven and restored. */
@NullMarked
package io.lifeboat.activity.backup;

import org.jspecify.annotations.NullMarked;
