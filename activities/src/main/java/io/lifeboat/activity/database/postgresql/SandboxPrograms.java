package io.lifeboat.activity.database.postgresql;

import io.lifeboat.activity.backup.BackupException;
import io.lifeboat.activity.backup.BackupException.Kind;
import io.lifeboat.activity.database.Deadline;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Programs that work in a sandbox's folder, as the server's user. What they say goes to a file there. */
public final class SandboxPrograms {
    private static final int QUOTED = 1_500;

    private final Optional<Path> programs;
    private final ServerUser user;
    private final SandboxFolder folder;

    SandboxPrograms(Optional<Path> programs, ServerUser user, SandboxFolder folder) {
        this.programs = programs;
        this.user = user;
        this.folder = folder;
    }

    /** The sandbox's folder, in which they work. */
    public Path folder() {
        return folder.path();
    }

    /** Makes a folder in the sandbox's, of the server's user. */
    Path makeFolder(String name) throws IOException {
        return folder.folder(name, user);
    }

    /** Deletes a folder in the sandbox's, with everything in it. */
    void deleteFolder(Path inside) throws IOException {
        folder.delete(inside);
    }

    /** The major version of one of PostgreSQL's programs. */
    int majorVersion(String program) throws IOException {
        return Integer.parseInt(PostgresProgram.major(PostgresProgram.version(programs, program)));
    }

    /** One of PostgreSQL's, to its end; it must end well. */
    void postgres(Deadline deadline, Runnable alive, String program, String... arguments) throws IOException {
        await(startPostgres(program, program, List.of(arguments)), deadline, alive, program);
    }

    /** One of PostgreSQL's, that stays or reads from us. */
    Process startPostgres(String logName, String program, List<String> arguments) throws IOException {
        return start(logName, located(program), arguments);
    }

    Process start(String logName, String program, List<String> arguments) throws IOException {
        return start(logName, program, arguments, Map.of());
    }

    /**
     * Starts a program.
     *
     * @param logName of the file for its output, which is continued
     * @param environment what it gets besides the worker's own, of which nothing is kept that speaks to PostgreSQL
     */
    public Process start(String logName, String program, List<String> arguments, Map<String, String> environment)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(program);
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(user.command(command))
                .directory(new File(folder.path().toString()))
                .redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(folder.log(logName).toFile()));
        builder.environment().keySet().removeIf(variable -> variable.startsWith("PG"));
        builder.environment().put("LC_ALL", "C");
        builder.environment().putAll(environment);
        try {
            return builder.start();
        } catch (IOException e) {
            throw new BackupException(
                    Kind.PRECONDITION,
                    "Cannot run " + program
                            + " for a sandbox: it is not there. Install it. PostgreSQL's server programs must be of the"
                            + " backup's major version, and lifeboat.postgresql.programs names their folder.");
        }
    }

    /** Waits for its end, and fails with its own last words unless it ended well. */
    void await(Process process, Deadline deadline, Runnable alive, String logName) throws IOException {
        int code = exitCode(process, deadline, alive, logName);
        if (code != 0) {
            throw new BackupException(
                    Kind.UNAVAILABLE, logName + " failed with exit code " + code + ": " + lastWords(logName));
        }
    }

    /**
     * Waits for its end.
     *
     * @param alive called now and then meanwhile; what it throws ends the program
     */
    public int exitCode(Process process, Deadline deadline, Runnable alive, String logName) throws IOException {
        try (ProgramEnd end = new ProgramEnd(logName, process)) {
            return end.exitCode(deadline, alive);
        }
    }

    /** The end of what a program has said so far. */
    public String lastWords(String logName) throws IOException {
        String said =
                Files.readString(folder.log(logName), StandardCharsets.UTF_8).strip();
        return said.substring(Math.max(0, said.length() - QUOTED));
    }

    private String located(String program) {
        return programs.map(f -> f.resolve(program).toString()).orElse(program);
    }
}
