/**
 * The write-ahead log of a PostgreSQL datastore, kept beside its backups so that one of them can be recovered to any moment since:
 * received as it is written, sealed, signed, listed and fetched. How a server is spoken to is behind {@link
 * io.lifeboat.activity.wal.WalServer}.
 */
@NullMarked
package io.lifeboat.activity.wal;

import org.jspecify.annotations.NullMarked;
