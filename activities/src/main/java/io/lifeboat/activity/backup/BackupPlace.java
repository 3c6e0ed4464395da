package io.lifeboat.activity.backup;

import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where the backups of one datastore are kept. A backup is a folder: its sealed parts, its signed manifest, and one object for each
 * proof that it could be restored.
 *
 * @param region whose object store the bucket is in
 */
public record BackupPlace(String region, String bucket, String service, String datastore) {
    private static final String MANIFEST = "manifest.json";
    private static final String PROVEN = "proven-";
    private static final Pattern BYTES = Pattern.compile("\\d{1,18}");
    private static final String ELSEWHERE = "elsewhere-";
    private static final String JSON = ".json";

    /** The prefix of everything this datastore has there. */
    public String prefix() {
        return service + "/" + datastore + "/";
    }

    /** A backup there, as a message names it. */
    String words(String id) {
        return "backup " + id + " of " + service + "/" + datastore + " in " + region;
    }

    String manifestKey(String id) {
        return prefix() + id + "/" + MANIFEST;
    }

    /** Where a restore writes down that it has proven the backup. */
    String proofKey(String id, Instant proven) {
        return prefix() + id + "/" + PROVEN + BackupId.text(proven) + JSON;
    }

    /** When the proof was made that a key is of; empty for the key of anything else. */
    static Optional<Instant> proven(String key) {
        String name = key.substring(key.lastIndexOf('/') + 1);
        return name.startsWith(PROVEN) && name.endsWith(JSON)
                ? BackupId.instant(name.substring(PROVEN.length(), name.length() - JSON.length()))
                : Optional.empty();
    }

    /** An empty object whose name tells a listing how much of the backup is in a repository of its method's own. */
    String elsewhereKey(String id, long bytes) {
        return prefix() + id + "/" + ELSEWHERE + bytes;
    }

    /** How much the key says; 0 for the key of anything else. */
    static long elsewhere(String key) {
        String name = key.substring(key.lastIndexOf('/') + 1);
        String bytes = name.startsWith(ELSEWHERE) ? name.substring(ELSEWHERE.length()) : "";
        return BYTES.matcher(bytes).matches() ? Long.parseLong(bytes) : 0;
    }

    /** @param encryption name of the format, which people see in the key's ending */
    String partKey(String id, String part, String encryption) {
        return prefix() + id + "/" + part + ".zst." + encryption;
    }
}
