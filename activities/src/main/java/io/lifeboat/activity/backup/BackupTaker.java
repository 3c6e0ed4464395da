package io.lifeboat.activity.backup;

import io.lifeboat.activity.database.DatabaseInstance;
import io.lifeboat.activity.manifest.Manifest.Content;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Takes the backups of one kind of datastore by one method. It knows the kind's tools and formats; compression, encryption,
 * storage, manifest and retention are the chain's. Failures are {@link BackupException}s.
 *
 * <p>How a backup comes back is another matter: a {@link DatastoreEngine} restores into a database that runs, while a copy of a
 * whole server's files becomes a server of its own.
 */
public interface BackupTaker {
    /** The method's name, as the runbook has it. */
    String method();

    /**
     * Reads a consistent state of the source and passes it on in parts. Nothing is kept on disk.
     *
     * @return what was read, with figures of the same state where the method can count
     */
    Taken take(DatabaseInstance source, Parts parts) throws IOException;

    /** Where the parts of a backup go. */
    interface Parts {
        /**
         * Begins the next part; the one before must be finished.
         *
         * @param name last part of the object's key, lower case, digits, dots and hyphens
         * @param holds what the bytes are, for a person who restores by hand
         */
        Part begin(String name, String holds) throws IOException;
    }

    /** A part that is being written; closed before it was finished, it leaves nothing. */
    interface Part extends AutoCloseable {
        OutputStream bytes();

        void finish() throws IOException;

        @Override
        void close() throws IOException;
    }

    /**
     * @param began when the state was read that the backup holds
     * @param source where in the source's own history it stands
     * @param tools the programs, with their versions
     */
    record Taken(Instant began, Map<String, String> source, Map<String, String> tools, List<Content> contents) {}
}
