package io.lifeboat.activity.database;

import java.nio.file.Path;

/** The PostgreSQL that a suite is run on; where it is not there, the suite is skipped with a sentence. */
public enum PostgresRelease {
    /** The one that the lab pins. */
    PINNED {
        @Override
        public Path programs() {
            return PostgresTool.programs();
        }
    },
    DEBIAN_15 {
        @Override
        public Path programs() {
            return PostgresTool.debian(15);
        }
    };

    /** The folder of its programs. */
    public abstract Path programs();
}
