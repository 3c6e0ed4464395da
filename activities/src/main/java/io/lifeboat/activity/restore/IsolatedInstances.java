package io.lifeboat.activity.restore;

import io.lifeboat.activity.backup.BackupChain;
import io.lifeboat.activity.backup.BackupChains;
import io.lifeboat.activity.backup.BackupException;
import io.lifeboat.activity.backup.BackupException.Kind;
import io.lifeboat.activity.backup.BackupLineage;
import io.lifeboat.activity.backup.BackupLineage.Link;
import io.lifeboat.activity.backup.BackupPlace;
import io.lifeboat.activity.database.postgresql.BaseFiles;
import io.lifeboat.activity.database.postgresql.BaseTar;
import io.lifeboat.activity.database.postgresql.BaseTars;
import io.lifeboat.activity.database.postgresql.PostgresLogicalBackup;
import io.lifeboat.activity.database.postgresql.PostgresSandbox;
import io.lifeboat.activity.database.postgresql.RecoveredInstance;
import io.lifeboat.activity.database.postgresql.RecoveryTarget;
import io.lifeboat.activity.database.postgresql.SandboxRequest;
import io.lifeboat.activity.database.postgresql.WalSource;
import io.lifeboat.activity.database.postgresql.pgbackrest.PgBackRest;
import io.lifeboat.activity.database.postgresql.pgbackrest.PgBackRestEngine;
import io.lifeboat.activity.database.postgresql.pgbackrest.PgBackRestFiles;
import io.lifeboat.activity.wal.WalArchives;
import io.lifeboat.runbook.BackupPolicy;
import io.lifeboat.runbook.BackupPolicy.Method;
import io.lifeboat.runbook.BucketPlace;
import io.lifeboat.workflow.FailureType;
import io.lifeboat.workflow.restore.RestoreActivities.Recovering;
import io.temporal.failure.ApplicationFailure;
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
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.LongConsumer;
import java.util.stream.Stream;

/** Restores backups in instances on the worker that live as long as somebody uses them. */
public final class IsolatedInstances {
    private static final Duration LONGEST_RECOVERY = Duration.ofHours(11);

    private final BackupChains chains;
    private final WalArchives archives;
    private final PostgresSandbox sandbox;
    private final PgBackRestEngine pgBackRest;
    private final PostgresLogicalBackup logical;
    private final Path root;
    private final KeptInstances kept;
    private final LongConsumer progress;

    /**
     * @param root folder below which instances are restored; PostgreSQL's user must be able to enter it
     * @param progress told the bytes moved so far, from the thread that moved them
     */
    public IsolatedInstances(
            BackupChains chains,
            PostgresSandbox sandbox,
            PgBackRestEngine pgBackRest,
            PostgresLogicalBackup logical,
            Path root,
            LongConsumer progress,
            Clock clock) {
        this.chains = chains;
        this.archives = new WalArchives(chains);
        this.sandbox = sandbox;
        this.pgBackRest = pgBackRest;
        this.logical = logical;
        this.root = root;
        this.kept = new KeptInstances(sandbox, root, clock);
        this.progress = progress;
    }

    /** What is done with a recovered instance. */
    interface Use<T> {
        T of(RecoveredInstance recovered) throws IOException;
    }

    /**
     * Recovers, lets the instance be used, and destroys it; one that is damaged, or not as it must be, is kept for a day, unless it
     * is the stored backup that is damaged. What an earlier attempt left goes first.
     */
    <T> T use(Recovering request, Use<T> use) {
        Path folder = folder(request);
        boolean destroyed = true;
        try {
            kept.sweep();
            return used(request, folder, use);
        } catch (BackupException | ApplicationFailure failure) {
            if (!isWorthKeeping(failure) || !Files.exists(folder)) {
                throw failure;
            }
            destroyed = false;
            throw keep(folder, request, failure);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            if (destroyed) {
                destroy(folder);
            }
        }
    }

    private <T> T used(Recovering request, Path folder, Use<T> use) throws IOException {
        BackupChain chain = chains.of(request.policy().dataClass(), progress);
        Files.createDirectories(root);
        return use.of(
                request.policy().ofFiles()
                        ? recovered(request, folder, chain)
                        : new IsolatedDump(chain, sandbox, logical)
                                .load(
                                        places(request).getFirst(),
                                        request.backup().id(),
                                        folder,
                                        free()));
    }

    private RecoveredInstance recovered(Recovering request, Path folder, BackupChain chain) throws IOException {
        List<Link> links = new BackupLineage(chain, places(request))
                .readable(request.backup().id());
        Source source = source(request, links);
        SandboxRequest recovery = new SandboxRequest(
                folder,
                free(),
                links.getFirst().manifest(),
                source.files(),
                source.wal(),
                target(request),
                OptionalLong.empty(),
                LONGEST_RECOVERY,
                done -> progress.accept(done.bytes()));
        return sandbox.recover(recovery);
    }

    /** The chosen one, and then where else a backup may be that the chosen one is based on. */
    private static List<BackupPlace> places(Recovering request) {
        BucketPlace chosen =
                new BucketPlace(request.backup().region(), request.backup().bucket());
        return Stream.concat(Stream.of(chosen), request.policy().places().stream())
                .distinct()
                .map(in -> new BackupPlace(
                        in.region(),
                        in.bucket(),
                        request.service(),
                        request.datastore().name()))
                .toList();
    }

    private static boolean isWorthKeeping(RuntimeException failure) {
        return failure instanceof BackupException backup
                ? backup.kind() == Kind.CORRUPT && !backup.isOfStoredBytes()
                : FailureType.BACKUP_CORRUPT.is(failure);
    }

    private ApplicationFailure keep(Path folder, Recovering request, RuntimeException why) {
        String said = why instanceof ApplicationFailure failure ? failure.getOriginalMessage() : why.getMessage();
        try {
            Instant until = kept.keep(folder, request.service(), request.run());
            return FailureType.BACKUP_CORRUPT.failure(
                    said + " Its files are kept on the worker until " + until + ", in \"" + folder + "\".");
        } catch (IOException e) {
            return FailureType.BACKUP_CORRUPT.failure(said + " Its files could not be kept.", e);
        }
    }

    private static RecoveryTarget target(Recovering request) {
        return request.target()
                .<RecoveryTarget>map(mark -> new RecoveryTarget.Time(mark.target(), true))
                .orElseGet(RecoveryTarget.Immediate::new);
    }

    /** Where the files of a backup come from, and the log after it. */
    private record Source(BaseFiles files, WalSource wal) {}

    private Source source(Recovering request, List<Link> links) {
        if (request.policy().method() == Method.PGBACKREST) {
            PgBackRestFiles files =
                    repository(request.policy()).files(links.getFirst().manifest());
            return new Source(files, request.target().isEmpty() ? new NoWal() : files);
        }
        return new Source(
                new BaseTars(links.stream()
                        .map(link -> new BaseTar(link.manifest().id(), link.parts()))
                        .toList()),
                wal(request));
    }

    private WalSource wal(Recovering request) {
        return request.target().isEmpty()
                ? new NoWal()
                : new ArchivedWal(
                        archives.readable(request.service(), request.datastore().name(), request.policy()),
                        request.backup().systemIdentifier());
    }

    /** Where the backups of a policy are that pgBackRest takes. */
    PgBackRest repository(BackupPolicy policy) {
        return pgBackRest.of(policy);
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
}
