package io.lifeboat.activity.database.postgresql;

import io.lifeboat.activity.backup.BackupException;
import io.lifeboat.activity.backup.BackupException.Kind;
import io.lifeboat.activity.database.Deadline;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Who runs a server of ours: ourselves, or another user, because PostgreSQL refuses to be root.
 *
 * @param lowering what stands before a command so that it runs as that user
 */
public record ServerUser(Optional<Identity> identity, List<String> lowering) {
    private static final Duration ASKING = Duration.ofSeconds(10);

    /** As the file system and the kernel know it. */
    public record Identity(UserPrincipal user, int group) {}

    /** @param name of another user; absent for the one who runs this */
    public static ServerUser of(Optional<String> name) throws IOException {
        if (name.isEmpty()) {
            refuseRoot();
            return new ServerUser(Optional.empty(), List.of());
        }
        int user = ask(name.get(), "-u");
        int group = ask(name.get(), "-g");
        UserPrincipal principal =
                Path.of("/").getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(name.get());
        return new ServerUser(
                Optional.of(new Identity(principal, group)),
                List.of("setpriv", "--reuid=" + user, "--regid=" + group, "--clear-groups"));
    }

    /** That command, run by that user. */
    public List<String> command(List<String> command) {
        return Stream.concat(lowering.stream(), command.stream()).toList();
    }

    /** Gives that user a file or folder that we made. */
    void own(Path path) throws IOException {
        if (identity.isPresent()) {
            Files.setOwner(path, identity.get().user());
            Files.setAttribute(path, "unix:gid", identity.get().group());
        }
    }

    private static void refuseRoot() throws IOException {
        if (Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0)) {
            throw new BackupException(
                    Kind.PRECONDITION,
                    "Cannot start PostgreSQL: this worker runs as root, and PostgreSQL refuses to."
                            + " Run the worker as another user, or name one for PostgreSQL.");
        }
    }

    private static int ask(String name, String what) throws IOException {
        Process id =
                new ProcessBuilder("id", what, name).redirectErrorStream(true).start();
        try (ProgramEnd end = new ProgramEnd("id", id)) {
            String answer = new String(id.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (end.exitCode(Deadline.in(ASKING), () -> {}) != 0) {
                throw new BackupException(
                        Kind.PRECONDITION,
                        "Cannot run PostgreSQL as user \"" + name
                                + "\": there is no such user here. Name one there is.");
            }
            return Integer.parseInt(answer.strip());
        }
    }
}
