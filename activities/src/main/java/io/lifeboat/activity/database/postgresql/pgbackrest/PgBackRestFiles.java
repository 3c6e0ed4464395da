package io.lifeboat.activity.database.postgresql.pgbackrest;

import io.lifeboat.activity.backup.BackupException;
import io.lifeboat.activity.backup.BackupException.Kind;
import io.lifeboat.activity.database.Deadline;
import io.lifeboat.activity.database.postgresql.BaseFiles;
import io.lifeboat.activity.database.postgresql.SandboxPrograms;
import io.lifeboat.activity.database.postgresql.SandboxProgress.Phase;
import io.lifeboat.activity.database.postgresql.WalSource;
import io.lifeboat.activity.manifest.Manifest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The files of one backup, as pgBackRest restores them, and the log after it. How far the log is replayed is the sandbox's affair, so that nothing
 * of what pgBackRest would configure stands in a sandbox.
 */
public final class PgBackRestFiles implements BaseFiles, WalSource {
    private static final String RESTORE = "pgbackrest-restore";
    private static final String FETCH = "pgbackrest-archive-get";
    private static final int NOT_ARCHIVED = 1;
    private static final Duration TO_FETCH = Duration.ofMinutes(10);

    private final PgBackRest repository;
    private final Manifest backup;
    private @Nullable SandboxPrograms sandbox;
    private @Nullable Path data;

    PgBackRestFiles(PgBackRest repository, Manifest backup) {
        this.repository = repository;
        this.backup = backup;
    }

    @Override
    public Written write(Path data, SandboxPrograms programs, Deadline deadline, Progress progress) throws IOException {
        String label = repository.requireGenuine(backup).label();
        this.sandbox = programs;
        this.data = data;
        long begun = System.nanoTime();
        long bytes = backup.dataBytes();
        Process restore = start(
                programs,
                RESTORE,
                "--set=" + label,
                "--type=none",
                "--reset-pg1-host",
                "--pg1-path=" + data,
                "--tablespace-map-all=" + programs.folder().resolve("tablespaces"),
                "restore");
        int code = programs.exitCode(
                restore, deadline, () -> progress.at(Phase.UNPACKING, Math.round(bytes * share(programs))), RESTORE);
        if (code != 0) {
            throw PgBackRestFault.of(
                    "restore " + label + " of", repository.stanza(), code, programs.lastWords(RESTORE));
        }
        progress.at(Phase.UNPACKING, bytes);
        // pgBackRest compares each file with its checksum while it writes it.
        return new Written(bytes, Duration.ofNanos(System.nanoTime() - begun), Duration.ZERO);
    }

    private static double share(SandboxPrograms programs) {
        try {
            return TransferLog.share(programs.lastWords(RESTORE)).orElse(0.0);
        } catch (IOException unread) {
            return 0; // It is only for a person who watches.
        }
    }

    @Override
    public boolean fetch(String fileName, Path to) throws IOException {
        if (sandbox == null || data == null) {
            throw new IllegalStateException("the log is fetched after the files");
        }
        Process fetching =
                start(sandbox, FETCH, "--reset-pg1-host", "--pg1-path=" + data, "archive-get", fileName, to.toString());
        int code = sandbox.exitCode(fetching, Deadline.in(TO_FETCH), () -> {}, FETCH);
        if (code > NOT_ARCHIVED) {
            throw PgBackRestFault.of(
                    "fetch " + fileName + " from", repository.stanza(), code, sandbox.lastWords(FETCH));
        }
        if (code != 0 || !Files.exists(to)) {
            return false;
        }
        requireWhole(fileName, to);
        return true;
    }

    /** A segment bears its checksum in its name, and fetching it (2.45) compares nothing: a flipped byte may come through. */
    private void requireWhole(String fileName, Path fetched) throws IOException {
        String archive = PgBackRest.fact(backup, PgBackRestBackup.ARCHIVE_ID);
        if (fileName.length() < PgBackRest.LOG_FOLDER) {
            return; // A timeline's history has no checksum.
        }
        Optional<String> named =
                repository.archived(archive, "/" + fileName.substring(0, PgBackRest.LOG_FOLDER)).stream()
                        .map(PgBackRest.SEGMENT::matcher)
                        .filter(name -> name.matches() && name.group(1).equals(fileName))
                        .map(name -> name.group(2))
                        .findFirst();
        if (named.filter(sum -> !sum.equals(sha1(fetched))).isPresent()) {
            throw new BackupException(
                    Kind.CORRUPT,
                    "it is damaged in " + repository.stanza() + ": its checksum is not the one in its name");
        }
    }

    private static String sha1(Path file) {
        try (InputStream bytes = Files.newInputStream(file);
                DigestInputStream digested = new DigestInputStream(bytes, MessageDigest.getInstance("SHA-1"))) {
            digested.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(digested.getMessageDigest().digest());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Optional<String> newestSegment(long timeline) throws IOException {
        try {
            return repository.newestSegment(PgBackRest.fact(backup, PgBackRestBackup.ARCHIVE_ID), timeline);
        } catch (BackupException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** As the server's user, in the sandbox's folder, so that it ends with the sandbox. */
    private Process start(SandboxPrograms programs, String logName, String... arguments) throws IOException {
        List<String> command = repository.program().command(arguments);
        Map<String, String> environment = new HashMap<>(PgBackRestProgram.inherited());
        environment.putAll(repository.program().environment("detail"));
        environment.put("PGBACKREST_LOG_LEVEL_FILE", "off");
        environment.put("PGBACKREST_LOCK_PATH", programs.folder().toString());
        // A restore empties it; the one of the configuration may hold what production has not archived yet.
        environment.put("PGBACKREST_SPOOL_PATH", programs.folder().toString());
        return programs.start(logName, command.getFirst(), command.subList(1, command.size()), environment);
    }
}
