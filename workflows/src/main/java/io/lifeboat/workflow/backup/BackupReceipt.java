package io.lifeboat.workflow.backup;

import io.lifeboat.workflow.Fact;
import io.lifeboat.workflow.Receipt;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A backup that exists: its signed manifest is written.
 *
 * @param sourceRegion whose instance was read
 * @param region where it was written to
 * @param dataBytes before compression
 * @param storedBytes as stored, without the manifest
 * @param began everything committed before that is in it
 * @param position where in the source's own history it stands, in the words of the datastore's kind
 * @param seconds on the worker's monotonic clock; 0 when it was there already
 * @param unusual what is out of line with the backups before it, in a sentence or two
 */
public record BackupReceipt(
        String datastore,
        String policy,
        String id,
        String sourceRegion,
        String region,
        long dataBytes,
        long storedBytes,
        int tables,
        long rows,
        Instant began,
        Map<String, String> position,
        double seconds,
        Optional<String> unusual)
        implements Receipt {
    public BackupReceipt {
        position = Collections.unmodifiableSortedMap(new TreeMap<>(position));
    }

    @Override
    public String sentence() {
        return id + " of " + datastore + " is in " + region + ": " + ByteCount.text(storedBytes) + " stored of "
                + ByteCount.text(dataBytes) + (tables == 0 ? "." : ", " + tables + " tables, " + rows + " rows.")
                + unusual.map(what -> " " + what).orElse("");
    }

    @Override
    public List<Fact> facts() {
        return List.of(
                new Fact(
                        "backup " + id,
                        "read in " + sourceRegion + ", written to " + region + ", " + storedBytes + " bytes in "
                                + seconds + " s"),
                new Fact("holds", "everything committed before " + began));
    }
}
