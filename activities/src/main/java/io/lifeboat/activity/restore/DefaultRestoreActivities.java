package io.lifeboat.activity.restore;

import io.lifeboat.activity.backup.BackupCatalog;
import io.lifeboat.activity.backup.BackupCatalog.Entry;
import io.lifeboat.activity.backup.BackupChain;
import io.lifeboat.activity.backup.BackupChains;
import io.lifeboat.activity.backup.BackupFailures;
import io.lifeboat.activity.backup.BackupProofs;
import io.lifeboat.activity.backup.BackupShelf;
import io.lifeboat.activity.database.DatabaseEngine;
import io.lifeboat.activity.database.DatabaseException;
import io.lifeboat.activity.database.DatabaseInstance;
import io.lifeboat.activity.database.DatabaseLook;
import io.lifeboat.activity.database.Databases;
import io.lifeboat.activity.database.Lsn;
import io.lifeboat.activity.database.Marker;
import io.lifeboat.activity.database.MarkerSession;
import io.lifeboat.activity.database.postgresql.pgbackrest.PgBackRest;
import io.lifeboat.activity.manifest.Manifest;
import io.lifeboat.activity.wal.NewestPrimary;
import io.lifeboat.activity.wal.ReadableWal;
import io.lifeboat.activity.wal.WalArchives;
import io.lifeboat.runbook.BackupPolicy;
import io.lifeboat.runbook.BackupPolicy.Method;
import io.lifeboat.runbook.BucketPlace;
import io.lifeboat.runbook.Datastore;
import io.lifeboat.workflow.FailureType;
import io.lifeboat.workflow.restore.ArchiveReceipt;
import io.lifeboat.workflow.restore.ChosenBackup;
import io.lifeboat.workflow.restore.MarkReceipt;
import io.lifeboat.workflow.restore.ProofReceipt;
import io.lifeboat.workflow.restore.RecoveryReceipt;
import io.lifeboat.workflow.restore.RestoreActivities;
import io.lifeboat.workflow.restore.TrimReceipt;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Restores PostgreSQL's base backups into {@link IsolatedInstances} on the worker. */
public final class DefaultRestoreActivities implements RestoreActivities {
    private static final Logger log = LoggerFactory.getLogger(DefaultRestoreActivities.class);
    private static final Duration QUESTION = Duration.ofSeconds(10);

    /** PostgreSQL's own, so that no other clock takes part. */
    private static final String CLOCK =
            "select to_char(clock_timestamp() at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')";

    private final BackupChains chains;
    private final WalArchives archives;
    private final Databases databases;
    private final IsolatedInstances isolated;
    private final Clock clock;

    public DefaultRestoreActivities(BackupChains chains, Databases databases, IsolatedInstances isolated, Clock clock) {
        this.chains = chains;
        this.archives = new WalArchives(chains);
        this.databases = databases;
        this.isolated = isolated;
        this.clock = clock;
    }

    @Override
    public ChosenBackup choose(Choosing request) {
        return BackupFailures.named(
                "choose a backup of " + request.datastore().name(), () -> new BackupChoice(chains, request).make());
    }

    @Override
    public MarkReceipt mark(Marking request) {
        DatabaseInstance primary = new NewestPrimary(databases, request.datastore()).get();
        return BackupFailures.named("write markers into " + primary.name(), () -> marked(request, primary));
    }

    private MarkReceipt marked(Marking request, DatabaseInstance primary) {
        var engine = databases.engine(request.datastore());
        try (MarkerSession session = engine.openMarkers(primary, QUESTION)) {
            long last = session.highest(request.run());
            Optional<Long> before = Optional.empty();
            Instant target;
            if (request.at().isPresent()) {
                target = request.at().get();
            } else {
                before = Optional.of(++last);
                session.write(new Marker(request.run(), last, clock.millis()));
                target = Instant.parse(engine.scalar(primary, CLOCK, QUESTION).orElseThrow());
            }
            session.write(new Marker(request.run(), ++last, clock.millis()));
            Optional<String> segment = endSegment(request.datastore(), engine, primary);
            if (engine.look(primary, QUESTION) instanceof DatabaseLook.Primary seen) {
                return new MarkReceipt(
                        primary.region(),
                        target,
                        before,
                        last,
                        Long.toUnsignedString(seen.systemIdentifier()),
                        seen.timeline(),
                        seen.written().toString(),
                        segment);
            }
        }
        throw FailureType.UNAVAILABLE.failure(
                "Cannot write markers into " + primary.name() + ": it is no primary any more. It is tried again.");
    }

    /**
     * A server that archives its log by itself does so by whole segments: the one with the markers is ended, where the role may do
     * that, and otherwise the server's {@code archive_timeout} is waited for.
     */
    private static Optional<String> endSegment(Datastore datastore, DatabaseEngine engine, DatabaseInstance primary) {
        if (datastore.backups().stream().noneMatch(policy -> policy.method() == Method.PGBACKREST)) {
            return Optional.empty();
        }
        Optional<String> name = engine.scalar(primary, "select pg_walfile_name(pg_current_wal_insert_lsn())", QUESTION);
        try {
            engine.scalar(primary, "select pg_switch_wal()", QUESTION);
        } catch (DatabaseException notAllowed) {
            log.info("The segment of the log with the markers is not ended by force: {}", notAllowed.getMessage());
        }
        return name;
    }

    @Override
    public ArchiveReceipt awaitArchived(Archived request) {
        ArchiveWait waiting = new ArchiveWait(request, ArchiveWait.patience(request.policy()));
        if (request.policy().method() == Method.PGBACKREST) {
            PgBackRest repository = isolated.repository(request.policy());
            return BackupFailures.named(
                    "look at the archive of " + request.datastore(),
                    () -> waiting.until(() -> waiting.of(archivedUpTo(repository, request))));
        }
        ReadableWal archive = archives.readable(request.service(), request.datastore(), request.policy());
        return waiting.until(() -> waiting.of(archive.timelines(request.systemIdentifier())));
    }

    private static Optional<String> archivedUpTo(PgBackRest repository, Archived request) {
        try {
            return repository.archivedUpTo(request.systemIdentifier(), request.timeline());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public RecoveryReceipt recover(Recovering request) {
        String what = "recover " + request.backup().id() + " of " + request.service() + "/"
                + request.datastore().name();
        return BackupFailures.named(what, () -> isolated.use(request, new IsolatedRecovery(databases, request)::check));
    }

    @Override
    public ProofReceipt prove(Proving request) {
        return BackupFailures.named(
                "write the proof of " + request.id(),
                () -> new ProofReceipt(
                        request.id(),
                        request.proven(),
                        new BackupProofs(chains)
                                .write(
                                        request.service(),
                                        request.datastore(),
                                        request.policy(),
                                        request.id(),
                                        request.proven(),
                                        request.run())));
    }

    @Override
    public TrimReceipt trim(Trimming request) {
        BackupPolicy policy = request.policy();
        if (policy.method() == Method.PGBACKREST) {
            return new TrimReceipt("", 0); // pgBackRest's log goes with the backups that need it.
        }
        return BackupFailures.named("trim the archive of " + request.datastore(), () -> {
            Lsn oldest = policy.places().stream()
                    .map(in -> oldest(request, in))
                    .min(Comparator.naturalOrder())
                    .orElseThrow();
            int removed = archives.everywhere(request.service(), request.datastore(), policy).stream()
                    .mapToInt(archive -> archive.removeBefore(request.systemIdentifier(), oldest)
                            .size())
                    .max()
                    .orElse(0);
            return new TrimReceipt(oldest.toString(), removed);
        });
    }

    /** Where the oldest base backup of this system begins; every place must answer, or too much might go. */
    private Lsn oldest(Trimming request, BucketPlace in) {
        BackupShelf shelf = new BackupShelf(
                new BackupCatalog(chains::store), request.service(), request.datastore(), request.policy());
        BackupChain chain = chains.of(request.policy().dataClass(), bytes -> {});
        return shelf.list(in).stream()
                .filter(Entry::exists)
                .map(entry -> chain.manifest(shelf.place(in), entry.id()))
                .map(Manifest::source)
                .filter(source -> request.systemIdentifier().equals(source.get("systemIdentifier")))
                .map(source -> Lsn.parse(source.getOrDefault("lsn", "0/0")))
                .min(Comparator.naturalOrder())
                .orElse(new Lsn(0));
    }
}
