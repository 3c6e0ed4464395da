package io.lifeboat.activity.backup;

/**
 * Where the backups of one datastore are kept. A backup is a folder: its sealed parts, its signed manifest, and one object for each
 * proof that it could be restored.
 *
 * @param region whose object store the bucket is in
 */
public record BackupPlace(String region, String bucket, String service, String datastore) {
    private static final String MANIFEST = "manifest.json";

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

    /** @param encryption name of the format, which people see in the key's ending */
    String partKey(String id, String part, String encryption) {
        return prefix() + id + "/" + part + ".zst." + encryption;
    }
}
