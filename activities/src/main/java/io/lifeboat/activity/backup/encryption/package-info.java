/** Sealing backups for the holders of their keys. */
@NullMarked
package io.lifeboat.activity.backup.encryption;

import org.jspecify.annotations.NullMarked;
