package io.lifeboat.activity.backup;

import io.lifeboat.activity.database.DatabaseInstance;
import io.lifeboat.activity.manifest.Manifest;
import io.lifeboat.activity.manifest.Manifest.Content;
import java.io.IOException;
import java.util.List;

/** A method whose backups are restored into an empty database of a server that runs. Failures are {@link BackupException}s. */
public interface DatastoreEngine extends BackupTaker {
    /**
     * Restores into an empty database, which the caller has made for it, and counts what is there afterwards.
     *
     * @param backup the manifest, already verified; its parts are asked for by name
     * @throws BackupException before anything was changed, when the target holds something
     */
    Restored restore(DatabaseInstance target, Manifest backup, StoredParts parts) throws IOException;

    /**
     * What a restore gave.
     *
     * @param contents the figures of the restored state, of everything {@link Manifest#contents()} names
     * @param leftOut what of the backup is not there, because the restoring role may not make it; no data, ever
     */
    record Restored(List<Content> contents, List<String> leftOut) {
        public Restored {
            contents = List.copyOf(contents);
            leftOut = List.copyOf(leftOut);
        }
    }
}
