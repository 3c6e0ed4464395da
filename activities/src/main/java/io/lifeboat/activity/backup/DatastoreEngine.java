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
     * @return the figures of the restored state, of everything {@link Manifest#contents()} names
     * @throws BackupException before anything was changed, when the target holds something
     */
    List<Content> restore(DatabaseInstance target, Manifest backup, StoredParts parts) throws IOException;
}
