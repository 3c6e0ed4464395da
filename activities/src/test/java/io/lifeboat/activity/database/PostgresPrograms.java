package io.lifeboat.activity.database;

import static java.util.concurrent.TimeUnit.SECONDS;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** PostgreSQL's programs at work in one temporary folder, as a user who is not root. */
final class PostgresPrograms {
    private static final int NOBODY = 65_534;
    private static final Duration TO_DIE = Duration.ofSeconds(20);

    private final Path programs;
    private final Path folder;

    /** @param programs folder of the programs */
    PostgresPrograms(Path programs) throws IOException {
        this.programs = programs;
        folder = Files.createTempDirectory("lifeboat-postgres-");
        giveToServer(folder);
    }

    Path folder() {
        return folder;
    }

    /** A file that only the server's user can read. */
    Path secret(String name, String content) throws IOException {
        Path file = Files.writeString(folder.resolve(name), content);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        giveToServer(file);
        return file;
    }

    /** Runs a program to its end. */
    void run(String program, String... arguments) throws IOException {
        await(program, prepare(program, program, List.of(arguments)).start());
    }

    /** Runs a program to its end that reads the file. */
    void runOn(Path input, String program, String... arguments) throws IOException {
        await(
                program,
                prepare(program, program, List.of(arguments))
                        .redirectInput(input.toFile())
                        .start());
    }

    /** Starts a program that stays. */
    Process start(String name, String program, List<String> arguments) throws IOException {
        return prepare(name, program, arguments).start();
    }

    /** SIGKILL for every process of a server, as a lost machine does it; what it held in memory is gone with it. */
    void kill(Process server, Path data) {
        List<ProcessHandle> all = new ArrayList<>(server.descendants().toList());
        server.destroyForcibly();
        all.forEach(ProcessHandle::destroyForcibly);
        server.onExit().join();
        Eventually.holds(TO_DIE, () -> all.stream().noneMatch(PostgresPrograms::runs));
        removeSharedMemory(data.resolve("postmaster.pid"));
    }

    void deleteFolder() {
        try (Stream<Path> all = Files.walk(folder)) {
            all.sorted(Comparator.reverseOrder()).forEach(PostgresPrograms::delete);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ProcessBuilder prepare(String name, String program, List<String> arguments) {
        List<String> command = new ArrayList<>();
        if (isRoot()) {
            command.addAll(List.of("setpriv", "--reuid", "" + NOBODY, "--regid", "" + NOBODY, "--clear-groups"));
        }
        command.add(programs.resolve(program).toString());
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log(name).toFile());
        builder.environment().put("PGPASSFILE", folder.resolve("pgpass").toString());
        return builder;
    }

    private void await(String program, Process process) throws IOException {
        try {
            if (!process.waitFor(60, SECONDS) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new IOException(program + " failed: " + Files.readString(log(program)));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    /**
     * The System V segment of a server that could not do it itself; a machine has room for 4,096 of them, after which no PostgreSQL
     * starts any more. Its number is the second word of the seventh line (PostgreSQL's miscadmin.h).
     */
    private static void removeSharedMemory(Path lock) {
        try {
            List<String> lines = Files.exists(lock) ? Files.readAllLines(lock) : List.of();
            if (lines.size() > 6) {
                new ProcessBuilder("ipcrm", "--shmem-id", lines.get(6).strip().split("\\s+")[1])
                        .redirectErrorStream(true)
                        .redirectOutput(Redirect.DISCARD)
                        .start()
                        .waitFor(5, SECONDS);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The killed children of a killed server are dead before their new parent takes notice of it. */
    private static boolean runs(ProcessHandle process) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"));
            return stat.charAt(stat.lastIndexOf(')') + 2) != 'Z';
        } catch (IOException e) {
            return false; // it went while being looked at
        }
    }

    private Path log(String name) {
        return folder.resolve(name + ".log");
    }

    private static void giveToServer(Path path) throws IOException {
        if (isRoot()) {
            Files.setAttribute(path, "unix:uid", NOBODY);
        }
    }

    private static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }

    private static void delete(Path path) {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
