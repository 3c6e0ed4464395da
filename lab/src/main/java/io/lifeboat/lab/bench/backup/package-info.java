/** {@code bench/backup}: the same database backed up and restored by scripts, by pgBackRest and by Lifeboat, in turn. */
@NullMarked
package io.lifeboat.lab.bench.backup;

import org.jspecify.annotations.NullMarked;
