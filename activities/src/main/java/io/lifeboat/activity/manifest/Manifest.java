package io.lifeboat.activity.manifest;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one backup is. A backup exists when its signed manifest exists.
 *
 * @param schemaVersion {@link #SCHEMA_VERSION}
 * @param id unique in the datastore; sorts by time
 * @param method how it was taken, as the runbook names it
 * @param began when the source began to be read; everything committed before that is in the backup
 * @param ended when the last byte was stored
 * @param source where in the source's own history the backup stands, in the words of the datastore's kind, such as
 *     {@code systemIdentifier}, {@code timeline} and {@code lsn}
 * @param tools the programs that took it, with their versions
 * @param encryption name of the format
 * @param holders who can open it, each alone
 * @param parts its objects, in the order in which they are restored
 * @param contents figures to compare a restored copy with
 * @param previous the manifest before it, absent in a datastore's first; makes a removed or replaced manifest visible
 * @param retainUntil when retention may remove it at the earliest
 */
public record Manifest(
        int schemaVersion,
        String service,
        String datastore,
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
        Optional<Previous> previous,
        Instant retainUntil) {

    /** In {@link #source()}: id of the backup without which this one cannot be restored. */
    public static final String BASED_ON = "basedOn";

    /** In {@link #source()}: bytes that the method keeps in a repository of its own. */
    public static final String STORED_ELSEWHERE = "storedElsewhere";

    /** In {@link #source()}: how many bytes of data those are, as the source has them. */
    public static final String DATA_ELSEWHERE = "dataElsewhere";

    /**
     * In {@link #source()}: what alone the backup holds, in words that end the sentence "it holds only". Absent where the whole
     * datastore can be had again from it.
     */
    public static final String HOLDS_ONLY = "holdsOnly";

    /** The only version so far. */
    public static final int SCHEMA_VERSION = 1;

    /**
     * One object.
     *
     * @param name last part of the object's key
     * @param holds what the plain bytes are, such as {@code pg_dump custom format}
     */
    public record Part(String name, String holds, Sums sums) {}

    /**
     * One table, or what the kind has instead.
     *
     * @param checksum of all rows, whatever their order; how it is made is the kind's affair
     */
    public record Content(String name, long rows, String checksum) {}

    /** @param sha256 of the signed envelope's bytes, 64 hexadecimal digits */
    public record Previous(String id, String sha256) {}

    public Manifest {
        source = Map.copyOf(source);
        tools = Map.copyOf(tools);
        holders = List.copyOf(holders);
        parts = List.copyOf(parts);
        contents = List.copyOf(contents);
    }

    /** Id of the backup without which this one cannot be restored; absent for a full one. */
    public Optional<String> basedOn() {
        return Optional.ofNullable(source.get(BASED_ON));
    }

    /** What alone it holds, in words; absent where the whole datastore can be had again from it. */
    public Optional<String> holdsOnly() {
        return Optional.ofNullable(source.get(HOLDS_ONLY));
    }

    /** Bytes stored for it here and elsewhere, the manifest itself not counted. */
    public long storedBytes() {
        return parts.stream().mapToLong(part -> part.sums().sealedBytes()).sum() + storedElsewhere();
    }

    /** Bytes of data that it holds, before they were compressed. */
    public long dataBytes() {
        return storedElsewhere() > 0
                ? Long.parseLong(source.getOrDefault(DATA_ELSEWHERE, "0"))
                : parts.stream().mapToLong(part -> part.sums().plainBytes()).sum();
    }

    /** Bytes that the method keeps in a repository of its own; 0 for most. */
    public long storedElsewhere() {
        return Long.parseLong(source.getOrDefault(STORED_ELSEWHERE, "0"));
    }
}
