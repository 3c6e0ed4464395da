package io.lifeboat.activity.database.postgresql;

import io.lifeboat.activity.manifest.Manifest;
import java.util.HashMap;
import java.util.Map;

/**
 * What a dump comes from that it does not say itself.
 *
 * @param superuser who made the source's server, and in whose name roles are members of others
 */
record DumpOrigin(String database, String encoding, String superuser) {
    private static final String DATABASE = "database";
    private static final String ENCODING = "encoding";
    private static final String SUPERUSER = "superuser";

    /** What a manifest says; of one that does not say all of it, what is usual. */
    static DumpOrigin of(Manifest dump) {
        Map<String, String> facts = dump.source();
        return new DumpOrigin(
                facts.getOrDefault(DATABASE, "postgres"),
                facts.getOrDefault(ENCODING, "UTF8"),
                facts.getOrDefault(SUPERUSER, "postgres"));
    }

    /** The same for a manifest that is to be written. */
    Map<String, String> facts() {
        return new HashMap<>(Map.of(DATABASE, database, ENCODING, encoding, SUPERUSER, superuser));
    }
}
