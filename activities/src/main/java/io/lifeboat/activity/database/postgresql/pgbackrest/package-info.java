/**
 * Backups of PostgreSQL by pgBackRest, in a repository of its own. It copies, seals and keeps the bytes; what exists, what it is based on, and
 * whether it is still what was taken, is said by Lifeboat's signed manifest, which holds pgBackRest's own.
 */
@NullMarked
package io.lifeboat.activity.database.postgresql.pgbackrest;

import org.jspecify.annotations.NullMarked;
