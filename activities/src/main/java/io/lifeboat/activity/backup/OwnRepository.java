package io.lifeboat.activity.backup;

import io.lifeboat.activity.manifest.Manifest;
import java.io.IOException;

/**
 * Where a method keeps the bytes of its backups by itself, in a format of its own. What goes through {@link BackupChain} proves them
 * only. Failures are {@link BackupException}s.
 */
public interface OwnRepository {
    /**
     * Reads and compares every byte.
     *
     * @param alive called now and then by the calling thread; what it throws ends the reading
     * @return what was compared, for a person
     * @throws BackupException {@code CORRUPT} when something is damaged, replaced or gone
     */
    String verify(Manifest backup, Runnable alive) throws IOException;

    /** Removes a backup that no other is based on. One that is gone already is no failure. */
    void remove(Manifest backup) throws IOException;
}
