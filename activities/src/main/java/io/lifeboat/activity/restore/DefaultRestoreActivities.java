package io.lifeboat.activity.restore;

import io.lifeboat.activity.backup.BackupCatalog;
import io.lifeboat.activity.backup.BackupCatalog.Entry;
import io.lifeboat.activity.backup.BackupChain;
import io.lifeboat.activity.backup.BackupChains;
import io.lifeboat.activity.backup.BackupFailures;
import io.lifeboat.activity.backup.BackupPlace;
import io.lifeboat.activity.backup.BackupProofs;
import io.lifeboat.activity.backup.BackupShelf;
import io.lifeboat.activity.database.DatabaseInstance;
import io.lifeboat.activity.database.DatabaseLook;
import io.lifeboat.activity.database.Databases;
import io.lifeboat.activity.database.Lsn;
import io.lifeboat.activity.database.Marker;
import io.lifeboat.activity.database.MarkerSession;
import io.lifeboat.activity.database.postgresql.PostgresSandbox;
import io.lifeboat.activity.database.postgresql.RecoveryTarget;
import io.lifeboat.activity.database.postgresql.SandboxRequest;
import io.lifeboat.activity.database.postgresql.WalSource;
import io.lifeboat.activity.manifest.Manifest;
import io.lifeboat.activity.wal.NewestPrimary;
import io.lifeboat.activity.wal.ReadableWal;
import io.lifeboat.activity.wal.WalArchives;
import io.lifeboat.runbook.BackupPolicy;
import io.lifeboat.runbook.BucketPlace;
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
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.LongConsumer;

/** Restores PostgreSQL's base backups into a {@link PostgresSandbox} on the worker. */
public final class DefaultRestoreActivities implements RestoreActivities {
    private static final Duration QUESTION = Duration.ofSeconds(10);
    private static final Duration LONGEST_RECOVERY = Duration.ofHours(11);

    /** PostgreSQL's own, so that no other clock takes part. */
    private static final String CLOCK =
            "select to_char(clock_timestamp() at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')";

    private final BackupChains chains;
    private final WalArchives archives;
    private final Databases databases;
    private final PostgresSandbox sandbox;
    private final Path root;
    private final LongConsumer progress;
    private final Clock clock;

    /**
     * @param root folder below which instances are restored; PostgreSQL's user must be able to enter it
     * @param progress told the bytes moved so far, from the thread that moved them
     */
    public DefaultRestoreActivities(
            BackupChains chains,
            Databases databases,
            PostgresSandbox sandbox,
            Path root,
            LongConsumer progress,
            Clock clock) {
        this.chains = chains;
        this.archives = new WalArchives(chains);
        this.databases = databases;
        this.sandbox = sandbox;
        this.root = root;
        this.progress = progress;
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
            if (engine.look(primary, QUESTION) instanceof DatabaseLook.Primary seen) {
                return new MarkReceipt(
                        primary.region(),
                        target,
                        before,
                        last,
                        Long.toUnsignedString(seen.systemIdentifier()),
                        seen.timeline(),
                        seen.written().toString());
            }
        }
        throw FailureType.UNAVAILABLE.failure(
                "Cannot write markers into " + primary.name() + ": it is no primary any more. It is tried again.");
    }

    @Override
    public ArchiveReceipt awaitArchived(Archived request) {
        ReadableWal archive = archives.readable(request.service(), request.datastore(), request.policy());
        return new ArchiveWait(request, ArchiveWait.patience(request.policy()))
                .until(() -> archive.timelines(request.systemIdentifier()));
    }

    @Override
    public RecoveryReceipt recover(Recovering request) {
        Path folder = folder(request);
        String what = "recover " + request.backup().id() + " of " + request.service() + "/"
                + request.datastore().name();
        return BackupFailures.named(what, () -> {
            try {
                return recovered(request, folder);
            } finally {
                destroy(folder);
            }
        });
    }

    private RecoveryReceipt recovered(Recovering request, Path folder) {
        BackupPlace place = new BackupPlace(
                request.backup().region(),
                request.backup().bucket(),
                request.service(),
                request.datastore().name());
        BackupChain chain = chains.of(request.policy().dataClass(), progress);
        return chain.open(place, request.backup().id(), (manifest, parts) -> {
            Files.createDirectories(root);
            SandboxRequest recovery = new SandboxRequest(
                    folder,
                    free(),
                    manifest,
                    parts,
                    wal(request),
                    request.target()
                            .<RecoveryTarget>map(mark -> new RecoveryTarget.Time(mark.target(), true))
                            .orElseGet(RecoveryTarget.Immediate::new),
                    OptionalLong.empty(),
                    LONGEST_RECOVERY,
                    done -> progress.accept(done.bytes()));
            return new IsolatedRecovery(databases, request).check(sandbox.recover(recovery));
        });
    }

    private WalSource wal(Recovering request) {
        return request.target().isEmpty()
                ? new NoWal()
                : new ArchivedWal(
                        archives.readable(request.service(), request.datastore().name(), request.policy()),
                        request.backup().systemIdentifier());
    }

    /** One for each run, found again by its next attempt; short, because the path of a socket is. */
    private Path folder(Recovering request) {
        UUID run = UUID.nameUUIDFromBytes(request.run().getBytes(StandardCharsets.UTF_8));
        return root.resolve(request.service() + "-" + run.toString().substring(0, 13));
    }

    private static InetSocketAddress free() throws IOException {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        try (ServerSocket socket = new ServerSocket(0, 1, loopback)) {
            return new InetSocketAddress(loopback, socket.getLocalPort());
        }
    }

    private void destroy(Path folder) {
        try {
            if (Files.exists(folder)) {
                sandbox.destroy(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
