package io.lifeboat.lab.bench.backup;

import java.io.IOException;

/** A way to back the bench's database up and to bring it back. */
interface Contender {
    String name();

    Cluster source();

    /** Whether the work is done by this JVM and its children; otherwise by its children alone. */
    boolean inThisJvm();

    void backUp() throws IOException;

    /** Restores what {@link #backUp} stored, until the copy answers queries. */
    void restore() throws IOException;

    /** What the backup takes in its store. */
    long storedBytes() throws IOException;

    /** Rows of the restored copy: of all tables, so that a restore of nothing is no success. */
    long restoredRows() throws IOException;

    /** Removes the backup and the copy; before the first backup, what an earlier bench left. */
    void tidy() throws IOException;
}
