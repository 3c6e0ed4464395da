/** The stream of a backup: source, zstd, encryption, object store; and back. */
@NullMarked
package io.lifeboat.activity.stream;

import org.jspecify.annotations.NullMarked;
