package io.lifeboat.activity.database.postgresql;

import io.lifeboat.activity.backup.BackupTaker.Part;
import io.lifeboat.activity.backup.BackupTaker.Parts;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The tar of one run of {@code pg_basebackup}, passed on as it comes.
 *
 * @param keepsList whether the list of files at the tar's end becomes a part of its own, so that the next one can be based on it
 */
record BaseStream(Optional<Path> programs, PostgresUri uri, boolean keepsList) {
    /** The tar's part, for people too. */
    static final String TAR = "base.tar";

    /** The list's. */
    static final String LIST = "backup-manifest.json";

    /** The same in the tar. */
    static final String LIST_IN_TAR = "backup_manifest";

    /** What the server says to an incremental one. Whatever else goes wrong would go wrong with a full one, too. */
    private static final Pattern REFUSAL =
            Pattern.compile("could not (?:initiate base backup|upload manifest): ERROR: *([^\n]+)");

    /** How it ended; else it failed. */
    sealed interface Outcome {
        /**
         * @param report what the program said
         * @param hasList whether the list of files was there to be kept
         */
        record Stored(String report, boolean hasList) implements Outcome {}

        /** The server takes no incremental one; nothing was stored. */
        record Refused(String why) implements Outcome {}
    }

    /** @param base list of the files of the backup that this one is based on; absent for a full one, which is never refused but fails */
    Outcome run(Optional<PrivateFile> base, Parts parts) throws IOException {
        if (!keepsList) {
            return pass(base, parts, OutputStream.nullOutputStream());
        }
        try (PrivateFile list = PrivateFile.create()) {
            Outcome outcome;
            try (OutputStream kept = Files.newOutputStream(list.path())) {
                outcome = pass(base, parts, kept);
            }
            if (outcome instanceof Outcome.Stored stored && stored.hasList()) {
                store(list, parts);
            }
            return outcome;
        }
    }

    private Outcome pass(Optional<PrivateFile> base, Parts parts, OutputStream list) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(
                "--pgdata=-",
                "--format=tar",
                "--wal-method=fetch",
                "--checkpoint=fast",
                // Against accidents, and by the processor's own instruction; against people there is our manifest.
                "--manifest-checksums=CRC32C",
                "--label=lifeboat",
                "--verbose",
                "--no-password"));
        base.ifPresent(file -> arguments.add("--incremental=" + file.path()));
        try (Part part = parts.begin(TAR, "tar of the server's data folder with the log it needs, by pg_basebackup");
                PostgresProgram backup =
                        PostgresProgram.start(programs, "pg_basebackup", uri, arguments.toArray(String[]::new))) {
            TarTap tap = new TarTap(part.bytes(), LIST_IN_TAR, list);
            backup.passOn(tap);
            if (base.isPresent() && backup.exitCode() != 0) {
                Matcher refusal = REFUSAL.matcher(backup.report());
                if (refusal.find()) {
                    return new Outcome.Refused(refusal.group(1));
                }
            }
            backup.awaitSuccess();
            part.finish();
            return new Outcome.Stored(backup.report(), tap.hasFound());
        }
    }

    private static void store(PrivateFile list, Parts parts) throws IOException {
        try (Part part = parts.begin(LIST, "the list of the files in base.tar, for the next incremental base backup")) {
            Files.copy(list.path(), part.bytes());
            part.finish();
        }
    }
}
