package io.lifeboat.activity.database.postgresql.pgbackrest;

import io.lifeboat.activity.backup.BackupException;
import io.lifeboat.activity.backup.BackupException.Kind;
import io.lifeboat.activity.backup.BackupTaker;
import io.lifeboat.activity.backup.OwnRepository;
import io.lifeboat.activity.database.Deadline;
import io.lifeboat.activity.manifest.Manifest;
import io.lifeboat.activity.stream.StoredSum;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.regex.Pattern;

/**
 * One stanza in one repository of pgBackRest, by the program on this machine. It may run beside the database or on a repository host: where the
 * database is, is said by pgBackRest's configuration ({@code pg1-host}, {@code pg1-path}).
 *
 * <p>Failures are {@link BackupException}s. No call outlasts its bound; an interrupted one ends its program.
 */
public final class PgBackRest implements OwnRepository {
    /** The part of our backup that holds pgBackRest's own manifest. */
    static final String MANIFEST = "backup.manifest";

    /** A stored segment of the log: its name and the SHA-1 of its bytes; in a folder named by the beginning of its name. */
    static final Pattern SEGMENT = Pattern.compile("([0-9A-F]{24})-([0-9a-f]{40}).*");

    static final int LOG_FOLDER = 16;

    private static final Duration LOOKING = Duration.ofMinutes(2);
    private static final Duration WORKING = Duration.ofHours(23);

    private final Stanza stanza;
    private final PgBackRestProgram program;

    /**
     * @param program absent to find it on the {@code PATH}
     * @param runAs the user it runs as, who must be able to read its configuration; absent for the worker's own
     */
    public PgBackRest(Stanza stanza, Optional<Path> program, Optional<String> runAs) {
        this.stanza = stanza;
        this.program = new PgBackRestProgram(stanza, program, runAs);
    }

    /**
     * Takes one backup.
     *
     * @param id of the backup at Lifeboat; a set that was taken under it already is not taken again
     * @param progress told the bytes copied so far, about, by the calling thread
     */
    public BackupTaker taker(String id, Rhythm rhythm, LongConsumer progress) {
        return new PgBackRestBackup(this, id, rhythm, progress);
    }

    /** The files of a backup and the log after it, for its recovery in an isolated instance. */
    public PgBackRestFiles files(Manifest backup) {
        return new PgBackRestFiles(this, backup);
    }

    /**
     * Reads every byte of the stanza in the repository, the log included, and compares it with pgBackRest's checksums, and those with our
     * manifest. pgBackRest 2.45 cannot do so for one backup alone.
     */
    @Override
    public String verify(Manifest backup, Runnable alive) throws IOException {
        String label = requireGenuine(backup).label();
        byte[] said = program.ask("verify", Deadline.in(WORKING), alive, "--output=text", "--verbose", "verify");
        return new VerifyText(new String(said, StandardCharsets.UTF_8)).require(backup.id(), label);
    }

    /** The log that none of the others needs goes with it. */
    @Override
    public void remove(Manifest backup) throws IOException {
        String label = fact(backup, PgBackRestBackup.LABEL);
        Repository before = look();
        Optional<BackupSet> set = before.set(label);
        if (set.isPresent()) {
            refuseNeeded(backup, before, set.get());
            program.ask("remove " + label + " of", Deadline.in(WORKING), "--set=" + label, "expire");
        }
        trimArchive();
    }

    /** pgBackRest itself would remove what is based on it, too. */
    private void refuseNeeded(Manifest backup, Repository repository, BackupSet set) {
        String refusal = "Will not remove backup " + backup.id() + ", " + set.label() + ", from " + stanza + ": ";
        if (repository.sets().stream()
                .anyMatch(other -> other.prior().filter(set.label()::equals).isPresent())) {
            throw new BackupException(
                    Kind.PRECONDITION, refusal + "another backup is based on it. Remove that one first.");
        }
        if (set.type() == BackupType.FULL && repository.full() == 1) {
            throw new BackupException(
                    Kind.PRECONDITION, refusal + "it is the last full one there is. Take another one first.");
        }
    }

    /** pgBackRest counts full backups: for as many as there are it keeps the log, and what is older than the oldest goes. */
    private void trimArchive() throws IOException {
        long full = look().full();
        if (full > 0) {
            String option = "--repo" + stanza.repository() + "-retention-archive";
            program.ask(
                    "trim the archive of", Deadline.in(WORKING), option + "=" + full, option + "-type=full", "expire");
        }
    }

    /** Whether the repository still has what our manifest was signed for; nothing else of it can be trusted before. */
    BackupSet requireGenuine(Manifest backup) throws IOException {
        String label = fact(backup, PgBackRestBackup.LABEL);
        BackupSet set =
                look().set(label).orElseThrow(() -> corrupt(backup, "its set " + label + " is not there any more"));
        String signed = backup.parts().stream()
                .filter(part -> part.name().equals(MANIFEST))
                .map(part -> part.sums().plainSha256())
                .findFirst()
                .orElseThrow(() -> corrupt(backup, "its manifest does not name " + MANIFEST));
        if (!signed.equals(manifestSha256(backup, label))) {
            throw corrupt(
                    backup, "the list of its files, " + label + "/" + MANIFEST + ", is not the one that was taken");
        }
        return set;
    }

    private String manifestSha256(Manifest backup, String label) throws IOException {
        StoredSum[] seen = new StoredSum[1];
        try {
            program.run(
                    "read " + label + " of",
                    Deadline.in(LOOKING),
                    "off",
                    output -> seen[0] = StoredSum.of(output, OutputStream.nullOutputStream()),
                    "repo-get",
                    stanza.setPath(label) + "/" + MANIFEST);
        } catch (BackupException e) {
            throw e.kind() == Kind.UNAVAILABLE ? e : corrupt(backup, String.valueOf(e.getMessage()));
        }
        return seen[0].sha256();
    }

    private BackupException corrupt(Manifest backup, String what) {
        return new BackupException(
                Kind.CORRUPT,
                "Backup " + backup.id() + " of " + backup.service() + "/" + backup.datastore() + " in " + stanza + ": "
                        + what + ". Use the other repository, or another backup.");
    }

    Repository look() throws IOException {
        return Repository.read(stanza, program.ask("look at", Deadline.in(LOOKING), "--output=json", "info"));
    }

    void backup(BackupType type, String id, LongConsumer progress) throws IOException {
        program.run(
                "back up",
                Deadline.in(WORKING),
                "detail",
                output -> TransferLog.follow(output, progress),
                "--type=" + type.word(),
                "--annotation=" + Repository.ANNOTATION + "=" + id,
                "--start-fast",
                // With the log it needs in it, a backup is consistent whatever happens to the archive.
                "--archive-copy",
                // What goes, and when, is decided by the policy, not by its options.
                "--no-expire-auto",
                "backup");
    }

    /** Copies pgBackRest's manifest of a set, in which the key of its files stands. */
    void copyManifest(String label, OutputStream to) throws IOException {
        program.run(
                "read " + label + " of",
                Deadline.in(LOOKING),
                "off",
                output -> output.transferTo(to),
                "repo-get",
                stanza.setPath(label) + "/" + MANIFEST);
    }

    /** Names in a folder of the archive, last first. */
    List<String> archived(String archiveId, String folder) throws IOException {
        byte[] names = program.ask(
                "list the archive of",
                Deadline.in(LOOKING),
                "--sort=desc",
                "repo-ls",
                stanza.archivePath(archiveId) + folder);
        return new String(names, StandardCharsets.UTF_8).lines().toList();
    }

    /**
     * Name of the newest segment of the log that is archived of a timeline; absent where there is none.
     *
     * @param systemIdentifier of the cluster whose log is meant; the archive of another is none of its
     */
    public Optional<String> archivedUpTo(String systemIdentifier, long timeline) throws IOException {
        Repository now = look();
        return now.systemIdentifier().equals(systemIdentifier)
                ? newestSegment(now.archiveId(), timeline)
                : Optional.empty();
    }

    Optional<String> newestSegment(String archiveId, long timeline) throws IOException {
        String prefix = String.format(Locale.ROOT, "%08X", timeline);
        Optional<String> folder = archived(archiveId, "").stream()
                .filter(name -> name.length() == LOG_FOLDER && name.startsWith(prefix))
                .findFirst();
        if (folder.isEmpty()) {
            return Optional.empty();
        }
        return archived(archiveId, "/" + folder.get()).stream()
                .map(SEGMENT::matcher)
                .filter(name -> name.matches())
                .map(name -> name.group(1))
                .findFirst();
    }

    PgBackRestProgram program() {
        return program;
    }

    Stanza stanza() {
        return stanza;
    }

    static String fact(Manifest backup, String name) {
        return Optional.ofNullable(backup.source().get(name))
                .orElseThrow(() -> new BackupException(
                        Kind.PRECONDITION,
                        "Backup " + backup.id() + " of " + backup.service() + "/" + backup.datastore()
                                + " is none of pgBackRest's: its manifest does not say its \"" + name
                                + "\", and its method is \"" + backup.method() + "\"."));
    }
}
