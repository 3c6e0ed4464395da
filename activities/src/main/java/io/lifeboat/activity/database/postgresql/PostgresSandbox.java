package io.lifeboat.activity.database.postgresql;

import io.lifeboat.activity.backup.BackupException;
import io.lifeboat.activity.backup.BackupException.Kind;
import io.lifeboat.activity.database.DatabaseInstance;
import io.lifeboat.activity.database.Deadline;
import io.lifeboat.activity.manifest.Manifest;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * The isolated instance: a base backup recovered to a chosen moment, or a new server for a dump, in a folder and on a loopback port of
 * its own, in which nothing of production's configuration is left. Its folder is all there is to know about it: a later step finds it there, and any step
 * of any worker on this machine destroys it there.
 *
 * <p>Failures are {@link BackupException}s: {@code PRECONDITION} for a target that cannot be reached, {@code CORRUPT} for damage and
 * gaps, {@code UNAVAILABLE} for the rest. A failed recovery leaves its folder with the server's log, and no process.
 */
public final class PostgresSandbox {
    private final Optional<Path> programs;
    private final Optional<String> runAs;

    /**
     * @param programs folder of PostgreSQL's server programs, of the backup's major version; absent to find them on the {@code PATH}
     * @param runAs the user PostgreSQL runs as; absent for the worker's own, which must not be root
     */
    public PostgresSandbox(Optional<Path> programs, Optional<String> runAs) {
        this.programs = programs;
        this.runAs = runAs;
    }

    /** Recovers a backup. Whatever an earlier attempt left in the folder goes first. */
    public RecoveredInstance recover(SandboxRequest request) throws IOException {
        RecoveryWindow.of(request.backup()).refuseUnreachable(request.target(), request.backup());
        refuseOtherVersion(request.backup());
        return made(request.folder(), (folder, user, tools) -> new SandboxRecovery(request, folder, user, tools).run());
    }

    /**
     * Makes a new server with an empty database for a dump. Whatever an earlier attempt left in the folder goes first.
     *
     * @param listen a free port of a loopback address
     * @param dump of a logical backup, verified
     * @param bound of the whole creation
     * @param alive called now and then meanwhile; what it throws ends the creation
     */
    public DatabaseInstance create(Path wanted, InetSocketAddress listen, Manifest dump, Duration bound, Runnable alive)
            throws IOException {
        refuseOlderServer(dump);
        return made(
                wanted,
                (folder, user, tools) ->
                        new SandboxCreation(folder, user, tools, listen, dump).run(Deadline.in(bound), alive));
    }

    /** What is made in a folder. */
    private interface Making<T> {
        T in(SandboxFolder folder, ServerUser user, SandboxPrograms tools) throws IOException;
    }

    /** Made anew; what fails leaves no process. */
    private <T> T made(Path wanted, Making<T> making) throws IOException {
        ServerUser user = ServerUser.of(runAs);
        destroy(wanted);
        SandboxFolder folder = SandboxFolder.create(wanted, user);
        SandboxPrograms tools = new SandboxPrograms(programs, user, folder);
        boolean finished = false;
        try {
            T made = making.in(folder, user, tools);
            finished = true;
            return made;
        } finally {
            if (!finished) {
                end(folder, tools);
            }
        }
    }

    /** The sandbox of a folder, asked again whether it is cut off; absent when none was finished there. */
    public Optional<DatabaseInstance> find(Path folder) throws IOException {
        if (!SandboxFolder.isSandbox(folder)) {
            return Optional.empty();
        }
        SandboxFolder sandbox = new SandboxFolder(folder.toRealPath());
        Optional<SandboxConnection> connection = SandboxConnection.read(sandbox.path());
        connection.ifPresent(c -> Isolation.check(c.uri(), sandbox.data()));
        return connection.map(SandboxConnection::instance);
    }

    /** Ends the processes of the sandbox in a folder and deletes it; does nothing where there is none. */
    public void destroy(Path folder) throws IOException {
        if (SandboxFolder.isEmpty(folder)) {
            Files.deleteIfExists(folder);
            return;
        }
        if (!SandboxFolder.isSandbox(folder)) {
            throw new BackupException(
                    Kind.PRECONDITION,
                    "Will not touch \"" + folder + "\": it is not empty, and no sandbox. Name a new or empty folder.");
        }
        SandboxFolder sandbox = new SandboxFolder(folder.toRealPath());
        end(sandbox, new SandboxPrograms(programs, ServerUser.of(runAs), sandbox));
        sandbox.delete();
    }

    /** Ends the processes of the sandbox in a folder and leaves its files; does nothing where there is none. */
    public void stop(Path folder) throws IOException {
        if (SandboxFolder.isSandbox(folder)) {
            SandboxFolder sandbox = new SandboxFolder(folder.toRealPath());
            end(sandbox, new SandboxPrograms(programs, ServerUser.of(runAs), sandbox));
        }
    }

    /**
     * Asks the server to stop, which gives its shared memory back, and kills what is still there; an interrupted thread does it too,
     * since a cancelled recovery must leave nothing running.
     */
    private static void end(SandboxFolder folder, SandboxPrograms tools) throws IOException {
        boolean interrupted = Thread.interrupted();
        SandboxProcesses processes = new SandboxProcesses(folder.path());
        try {
            SandboxServer server = new SandboxServer(folder, tools);
            if (processes.all().stream().anyMatch(server::isNamedByItsFile)) {
                server.stop("immediate");
            }
        } catch (BackupException e) {
            // It did not stop when asked, or it is not the server that is left: then it is killed.
        } finally {
            processes.killAll();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** A server reads the files of its own major version only. */
    private void refuseOtherVersion(Manifest backup) throws IOException {
        String server = PostgresProgram.version(programs, "postgres");
        String theirs = PostgresProgram.major(RecoveryWindow.fact(backup, "serverVersion"));
        if (!PostgresProgram.major(server).equals(theirs)) {
            throw refused(backup, theirs, server, theirs);
        }
    }

    /** A dump goes into a server of its own version, or of a newer one. */
    private void refuseOlderServer(Manifest dump) throws IOException {
        String server = PostgresProgram.version(programs, "postgres");
        String theirs = PostgresProgram.major(RecoveryWindow.fact(dump, "serverVersion"));
        if (Integer.parseInt(PostgresProgram.major(server)) < Integer.parseInt(theirs)) {
            throw refused(dump, theirs, server, theirs + " or newer");
        }
    }

    private static BackupException refused(Manifest backup, String theirs, String server, String wanted) {
        return new BackupException(
                Kind.PRECONDITION,
                "Cannot recover backup " + backup.id() + ": it is of PostgreSQL " + theirs + ", and the worker has \""
                        + server + "\". Install the server programs of version " + wanted
                        + ", and let lifeboat.postgresql.programs name their folder.");
    }
}
