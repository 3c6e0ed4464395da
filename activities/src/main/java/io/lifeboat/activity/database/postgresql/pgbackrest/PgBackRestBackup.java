package io.lifeboat.activity.database.postgresql.pgbackrest;

import io.lifeboat.activity.backup.BackupException;
import io.lifeboat.activity.backup.BackupException.Kind;
import io.lifeboat.activity.backup.BackupTaker;
import io.lifeboat.activity.database.DatabaseEngine;
import io.lifeboat.activity.database.DatabaseInstance;
import io.lifeboat.activity.database.DatabaseLook;
import io.lifeboat.activity.database.postgresql.PostgresEngine;
import io.lifeboat.activity.database.postgresql.RecoveryWindow;
import io.lifeboat.activity.manifest.Manifest;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * One backup by pgBackRest. The bytes go from the database into its repository; what goes through Lifeboat's own chain is pgBackRest's list of
 * the files, with their checksums and their key. The id is written into the repository as an annotation, so that a worker that was
 * lost in between finds what it has taken.
 */
final class PgBackRestBackup implements BackupTaker {
    static final String LABEL = "label";
    static final String ARCHIVE_ID = "archiveId";

    private static final Duration ASKING = Duration.ofSeconds(10);

    /** PostgreSQL's own clock, so that no other one takes part; and the database that the service uses. */
    private static final String CLOCK =
            "SELECT to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')";

    private static final String DATABASE = "SELECT current_database()";

    private final PgBackRest repository;
    private final String id;
    private final Rhythm rhythm;
    private final LongConsumer progress;
    private final DatabaseEngine engine = new PostgresEngine();

    PgBackRestBackup(PgBackRest repository, String id, Rhythm rhythm, LongConsumer progress) {
        this.repository = repository;
        this.id = id;
        this.rhythm = rhythm;
        this.progress = progress;
    }

    @Override
    public String method() {
        return "pgbackrest";
    }

    /**
     * @param source the instance that accepts writes, of the very cluster that the stanza is of; its connection is used to ask, while
     *     pgBackRest reads the files by its own configuration
     */
    @Override
    public Taken take(DatabaseInstance source, Parts parts) throws IOException {
        Repository before = repository.look();
        requireSame(source, systemIdentifier(source), before.systemIdentifier());
        Optional<BackupSet> earlier = before.taken(id);
        Instant began = earlier.map(BackupSet::began).orElse(clock(source));
        if (earlier.isEmpty()) {
            repository.backup(rhythm.next(before, began), id, progress);
        }
        Repository after = repository.look();
        BackupSet set = after.taken(id).orElseThrow(this::lost);
        requireSound(source, set);
        try (Part part = parts.begin(
                PgBackRest.MANIFEST,
                "pgBackRest's list of the files, with their checksums and the key of their encryption")) {
            repository.copyManifest(set.label(), part.bytes());
            part.finish();
        }
        // Asked after the end, on the clock that stamps the commits: whatever is later than this can be recovered to.
        return new Taken(began, facts(after, set, source, clock(source)), tools(), List.of());
    }

    private Map<String, String> facts(Repository after, BackupSet set, DatabaseInstance source, Instant end) {
        Map<String, String> facts = new HashMap<>(RecoveryWindow.facts(set.stop(), end));
        facts.put("systemIdentifier", set.systemIdentifier());
        facts.put("timeline", Long.toString(set.timeline()));
        facts.put("lsn", set.start().toString());
        facts.put("serverVersion", set.serverVersion());
        facts.put("database", engine.scalar(source, DATABASE, ASKING).orElseThrow());
        facts.put("stanza", repository.stanza().name());
        facts.put("repository", Integer.toString(repository.stanza().repository()));
        facts.put(LABEL, set.label());
        facts.put("type", set.type().word());
        facts.put(ARCHIVE_ID, set.archiveId());
        facts.put(Manifest.DATA_ELSEWHERE, Long.toString(set.databaseBytes()));
        facts.put(Manifest.STORED_ELSEWHERE, Long.toString(set.storedBytes()));
        after.base(set).ifPresent(base -> facts.put(Manifest.BASED_ON, base));
        return facts;
    }

    private Map<String, String> tools() throws IOException {
        return Map.of("pgbackrest", repository.program().version());
    }

    private String systemIdentifier(DatabaseInstance source) {
        if (engine.look(source, ASKING) instanceof DatabaseLook.Primary primary) {
            return Long.toUnsignedString(primary.systemIdentifier());
        }
        throw new BackupException(
                Kind.UNAVAILABLE,
                "Cannot back up " + source.name()
                        + " by pgBackRest: it is no primary, or does not answer. It is tried again.");
    }

    private Instant clock(DatabaseInstance source) {
        return Instant.parse(engine.scalar(source, CLOCK, ASKING).orElseThrow());
    }

    private void requireSame(DatabaseInstance source, String asked, String copied) {
        if (!asked.equals(copied)) {
            throw new BackupException(
                    Kind.PRECONDITION,
                    "Cannot back up " + source.name() + " by pgBackRest: it is system " + asked + ", and "
                            + repository.stanza() + " is of system " + copied
                            + ". Name its own stanza in the runbook; after a major upgrade, run `pgbackrest stanza-upgrade`.");
        }
    }

    private void requireSound(DatabaseInstance source, BackupSet set) {
        if (set.damagedPages()) {
            throw new BackupException(
                    Kind.CORRUPT,
                    "Backup " + id + " of " + source.name()
                            + " has pages that were damaged in the database already, as pgBackRest"
                            + " saw by their checksums (set " + set.label()
                            + "). Look at the database's disk; restore the pages from an older backup.");
        }
        if (engine.look(source, ASKING) instanceof DatabaseLook.Primary primary
                && primary.timeline() != set.timeline()) {
            throw new BackupException(
                    Kind.PRECONDITION,
                    "Backup " + id + " of " + source.name() + " is of timeline " + set.timeline()
                            + ", and the primary is on timeline " + primary.timeline()
                            + ": pgBackRest has copied another server, or it was promoted meanwhile. Let pgBackRest's"
                            + " configuration name every server of the cluster (pg1-host, pg2-host), and take another backup.");
        }
    }

    private BackupException lost() {
        return new BackupException(
                Kind.UNAVAILABLE,
                "Cannot find backup " + id + " in " + repository.stanza()
                        + " after pgBackRest has taken it. It is tried again.");
    }
}
