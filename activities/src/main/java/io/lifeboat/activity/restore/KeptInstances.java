package io.lifeboat.activity.restore;

import io.lifeboat.activity.database.postgresql.PostgresSandbox;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Isolated instances that did not turn out as they must, kept for whoever finds out why: their files and logs, with the server
 * stopped, for a day. Of each service only the newest, so that failures night after night do not fill the disk.
 */
final class KeptInstances {
    private static final Duration FOR = Duration.ofHours(24);

    /** In the instance's folder; its first line is when it may go, the rest is for people. */
    private static final String NOTE = "kept-until";

    private final PostgresSandbox sandbox;
    private final Path root;
    private final Clock clock;

    KeptInstances(PostgresSandbox sandbox, Path root, Clock clock) {
        this.sandbox = sandbox;
        this.root = root;
        this.clock = clock;
    }

    /**
     * Stops the server and keeps the rest, in the place of what was kept of that service before.
     *
     * @param owner run that knows why
     * @return until when
     */
    Instant keep(Path folder, String service, String owner) throws IOException {
        for (Path older : kept()) {
            if (isOf(service, older) && !older.equals(folder)) {
                sandbox.destroy(older);
            }
        }
        sandbox.stop(folder);
        Instant until = clock.instant().plus(FOR).truncatedTo(ChronoUnit.SECONDS);
        Files.writeString(
                folder.resolve(NOTE),
                until + "\nA recovery of \"" + service + "\" that was not as it must be, kept for run " + owner
                        + ". It may be deleted.\n");
        return until;
    }

    /** Destroys what was kept long enough. */
    void sweep() throws IOException {
        for (Path folder : kept()) {
            if (until(folder).filter(clock.instant()::isAfter).isPresent()) {
                sandbox.destroy(folder);
            }
        }
    }

    private List<Path> kept() throws IOException {
        if (!Files.isDirectory(root)) {
            return List.of();
        }
        List<Path> folders = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(root, Files::isDirectory)) {
            for (Path folder : all) {
                if (Files.exists(folder.resolve(NOTE))) {
                    folders.add(folder);
                }
            }
        }
        return folders;
    }

    private static boolean isOf(String service, Path folder) throws IOException {
        return Files.readString(folder.resolve(NOTE)).contains("A recovery of \"" + service + "\" ");
    }

    private static Optional<Instant> until(Path folder) throws IOException {
        try (var lines = Files.lines(folder.resolve(NOTE), StandardCharsets.UTF_8)) {
            return lines.findFirst().map(Instant::parse);
        } catch (DateTimeException cutOff) {
            return Optional.of(Instant.EPOCH);
        }
    }
}
