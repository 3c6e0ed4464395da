package io.lifeboat.activity.wal;

import io.lifeboat.activity.database.Lsn;
import java.time.Instant;

/**
 * What one place holds of a datastore's log.
 *
 * @param timeline the newest
 * @param position the archive ends before the byte there
 * @param stored when its newest file was written there
 * @param missing segments that are missing between others: nothing can be recovered across them
 * @param bytes of everything that is stored of it
 */
public record StoredLog(long timeline, Lsn position, Instant stored, long missing, long bytes) {}
