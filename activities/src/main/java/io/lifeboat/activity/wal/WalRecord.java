package io.lifeboat.activity.wal;

import io.lifeboat.activity.manifest.Sums;
import java.time.Instant;
import java.util.List;

/**
 * What one file of the archive is; signed, and written after the file's bytes, so that a file exists when its record does.
 *
 * @param systemIdentifier of the cluster whose log it is
 * @param file its name in the archive
 * @param segmentBytes the server's {@code wal_segment_size}
 * @param object last part of the key of its sealed bytes, different in each attempt to store them, so that two writers never mix
 * @param encryption name of the format
 * @param holders who can open it, each alone
 * @param stored when its bytes were
 */
record WalRecord(
        int schemaVersion,
        String service,
        String datastore,
        String systemIdentifier,
        String file,
        long segmentBytes,
        String object,
        String encryption,
        List<String> holders,
        Sums sums,
        Instant stored) {
    static final int SCHEMA_VERSION = 1;
    static final String TYPE = "application/vnd.lifeboat.wal+json";

    WalRecord {
        holders = List.copyOf(holders);
    }
}
