/** Sealing backups for the holders of their keys. */
@NullMarked
package io.lifeboat.activity.encryption;

import org.jspecify.annotations.NullMarked;
