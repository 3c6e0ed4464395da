package io.lifeboat.activity.wal;

import io.lifeboat.activity.backup.BackupPlace;
import io.lifeboat.activity.database.Lsn;
import java.util.Locale;
import java.util.Optional;

/**
 * Where a datastore's log lies in the bucket: {@code <service>/<datastore>.wal/<system identifier>/<timeline>/}, beside the folder of
 * the backups and not in it, so that nobody takes it for one.
 */
record WalKeys(BackupPlace place) {
    private static final String RECORD = ".json";

    String prefix() {
        return place.service() + "/" + place.datastore() + ".wal/";
    }

    String system(String systemIdentifier) {
        return prefix() + systemIdentifier + "/";
    }

    String folder(String systemIdentifier, long timeline) {
        return system(systemIdentifier) + String.format(Locale.ROOT, "%08X/", timeline);
    }

    String record(String systemIdentifier, String file) {
        return system(systemIdentifier) + file.substring(0, 8) + "/" + file + RECORD;
    }

    /** Whether a key below the prefix is of a system's folder. */
    boolean isOfSystem(String key) {
        return key.indexOf('/', prefix().length()) > 0;
    }

    /** The system that such a key belongs to. */
    String systemOf(String key) {
        return key.substring(prefix().length(), key.indexOf('/', prefix().length()));
    }

    /** Where somebody has accepted that the log is missing from a position on; in no system's folder, so that it is no file. */
    String gap(String systemIdentifier, long timeline, Lsn position) {
        return prefix()
                + String.format(Locale.ROOT, "gap-%s-%08X-%016X.json", systemIdentifier, timeline, position.position());
    }

    /** The file a record is of; absent when the key is no record's. */
    Optional<String> recorded(String key) {
        return key.endsWith(RECORD) ? Optional.of(last(key).replace(RECORD, "")) : Optional.empty();
    }

    /** The file that an object's bytes, or a record, belong to. */
    String file(String key) {
        String[] parts = last(key).split("\\.", 4);
        boolean partial = parts.length > 2 && parts[2].equals("partial");
        boolean history = parts.length > 1 && parts[1].equals("history");
        return partial ? parts[0] + "." + parts[1] + "." + parts[2] : history ? parts[0] + "." + parts[1] : parts[0];
    }

    private static String last(String key) {
        return key.substring(key.lastIndexOf('/') + 1);
    }
}
