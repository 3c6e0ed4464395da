package io.lifeboat.activity.database.postgresql.pgbackrest;

import java.util.Locale;

/** What a backup set copies. */
public enum BackupType {
    /** Everything. */
    FULL,
    /** What has changed since the newest full one. */
    DIFF,
    /** What has changed since the newest one of any type. */
    INCR;

    static BackupType of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }

    /** As pgBackRest spells it. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
