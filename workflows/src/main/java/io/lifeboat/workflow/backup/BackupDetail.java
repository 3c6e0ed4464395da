package io.lifeboat.workflow.backup;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything that a backup's signed manifest says of it, and where it is.
 *
 * @param schemaVersion 1
 * @param began when the state was read that it holds
 * @param source where in the source's own history it stands: system identifier, timeline, position
 * @param tools the programs that took it, with their versions
 * @param holders who can open it, each alone
 * @param previous id of the backup before it, whose manifest's hash it holds
 * @param retainUntil no copy may be removed before, where the bucket locks
 */
public record BackupDetail(
        int schemaVersion,
        String service,
        String datastore,
        String policy,
        String id,
        String method,
        Instant began,
        Instant ended,
        Map<String, String> source,
        Map<String, String> tools,
        String encryption,
        List<String> holders,
        List<Part> parts,
        List<Content> contents,
        Optional<String> previous,
        Instant retainUntil,
        List<Place> places) {

    /** @param sha256 of the stored bytes */
    public record Part(String name, String holds, long plainBytes, long storedBytes, String sha256) {}

    /** @param checksum of all rows, whatever their order */
    public record Content(String name, long rows, String checksum) {}

    /**
     * @param seen {@code there}, {@code missing}, or why nobody could tell
     * @param proven when a restore last proved it, by the proofs in this place
     */
    public record Place(String region, String bucket, String seen, Optional<Instant> proven) {}

    public BackupDetail {
        holders = List.copyOf(holders);
        parts = List.copyOf(parts);
        contents = List.copyOf(contents);
        places = List.copyOf(places);
    }
}
