package io.lifeboat.activity.database.postgresql;

import io.lifeboat.activity.backup.BackupException;
import io.lifeboat.activity.backup.BackupException.Kind;
import io.lifeboat.activity.database.DatabaseInstance;
import io.lifeboat.activity.database.Deadline;
import io.lifeboat.activity.database.postgresql.RecoveredInstance.Timings;
import io.lifeboat.activity.database.postgresql.SandboxProgress.Phase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One recovery, from the files to a server that accepts writes. */
final class SandboxRecovery {
    private final SandboxRequest request;
    private final SandboxFolder folder;
    private final ServerUser user;
    private final SandboxPrograms programs;
    private final SandboxServer server;
    private final Deadline deadline;

    SandboxRecovery(SandboxRequest request, SandboxFolder folder, ServerUser user, SandboxPrograms programs) {
        this.request = request;
        this.folder = folder;
        this.user = user;
        this.programs = programs;
        this.server = new SandboxServer(folder, programs);
        this.deadline = Deadline.in(request.bound());
    }

    RecoveredInstance run() throws IOException {
        long begun = System.nanoTime();
        BaseFiles.Written written =
                request.files().write(folder.folder("data", user), programs, deadline, this::report);
        PostgresUri uri = configure();
        long starting = System.nanoTime();
        SegmentFeed.Served served = recover();
        Duration recovery = since(starting);
        RecoveryLog log = RecoveryLog.read(folder.log());
        RecoveryEnd end = RecoveryEnd.in(folder.data());
        open(uri);
        Duration toWritable = since(begun);
        return new RecoveredInstance(
                connection(uri),
                end.reached(),
                log.lastCommit(),
                end.recoveredTimeline(),
                end.timeline(),
                end.why(),
                Optional.empty(),
                new Timings(written.unpack(), written.bytes(), written.verify(), recovery, served.bytes(), toWritable));
    }

    /** Takes away everything that could make it act as the source does. */
    private PostgresUri configure() throws IOException {
        Path data = folder.data();
        Map<String, String> control = server.control(deadline);
        String system = RecoveryWindow.fact(request.backup(), "systemIdentifier");
        if (!system.equals(control.get("Database system identifier"))) {
            throw new BackupException(
                    Kind.CORRUPT,
                    "Backup " + request.backup().id() + " is not of the system its manifest names: it is of "
                            + control.get("Database system identifier") + " instead of " + system
                            + ". Do not use it; use another backup.");
        }
        String role = SandboxConnection.newRole();
        for (String left : List.of("standby.signal", "postgresql.auto.conf", "pg_ident.conf", "postmaster.opts")) {
            Files.deleteIfExists(data.resolve(left));
        }
        write("pg_hba.conf", SandboxSettings.access(role));
        write("pg_ident.conf", "");
        write("recovery.signal", "");
        write(
                "postgresql.conf",
                SandboxSettings.configuration(
                        request.listen(),
                        data,
                        SandboxSettings.recovery(
                                SandboxServer.sourceSettings(control), request.target(), request.timeline())));
        return SandboxConnection.to(request.listen(), role, RecoveryWindow.fact(request.backup(), "database"));
    }

    private void write(String name, String text) throws IOException {
        folder.write(folder.path().relativize(folder.data().resolve(name)).toString(), text, user);
    }

    private SegmentFeed.Served recover() throws IOException {
        try (SegmentFeed feed = SegmentFeed.open(folder, user, request.wal())) {
            server.start();
            boolean recovered = server.awaitReady(deadline, () -> {
                SegmentFeed.Served served = feed.served();
                request.progress().accept(new SandboxProgress(Phase.REPLAYING, served.bytes(), served.position()));
            });
            RecoveryDiagnosis diagnosis = new RecoveryDiagnosis(request, RecoveryLog.read(folder.log()), feed.served());
            if (!recovered) {
                throw diagnosis.ofFailure();
            }
            Optional<BackupException> tooShort = diagnosis.ofSuccess();
            if (tooShort.isPresent()) {
                throw tooShort.get();
            }
            return feed.served();
        }
    }

    /** Lets one role of the sandbox's own in, and asks the server through it whether it is cut off. */
    private void open(PostgresUri uri) throws IOException {
        server.stop("fast");
        server.runAlone(
                deadline,
                List.of(
                        SandboxConnection.createRole(uri),
                        // It is closed when the source was fenced while it was copied.
                        "ALTER DATABASE \"" + uri.database().replace("\"", "\"\"") + "\" ALLOW_CONNECTIONS true"));
        server.start();
        if (!server.awaitReady(deadline, () -> report(Phase.STARTING, 0))) {
            throw new BackupException(
                    Kind.UNAVAILABLE,
                    "Cannot start the sandbox again after its recovery: " + programs.lastWords(SandboxServer.LOG));
        }
        Isolation.check(uri, folder.data());
    }

    private DatabaseInstance connection(PostgresUri uri) throws IOException {
        return new SandboxConnection(request.backup().datastore(), uri).keptIn(folder, user);
    }

    private void report(Phase phase, long bytes) {
        request.progress().accept(new SandboxProgress(phase, bytes, Optional.empty()));
    }

    private static Duration since(long begun) {
        return Duration.ofNanos(System.nanoTime() - begun);
    }
}
