package io.lifeboat.activity.database.postgresql;

import io.lifeboat.activity.backup.BackupException;
import io.lifeboat.activity.backup.BackupException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One of PostgreSQL's client programs at work. Where to connect, and the password, stand in its environment, never in its
 * arguments, which every user of the machine can read. Closed early, it is killed.
 */
final class PostgresProgram implements AutoCloseable {
    private static final int KEPT_OF_STDERR = 4_000;
    private static final int PIPE = 1 << 16;

    /** For a program that has nothing left to do after its last byte. */
    private static final Duration TO_END = Duration.ofSeconds(30);

    private static final Pattern NUMBER = Pattern.compile("\\d+");

    private final String name;
    private final Process process;
    private final CompletableFuture<String> complaints;

    private PostgresProgram(String name, Process process) {
        this.name = name;
        this.process = process;
        this.complaints = CompletableFuture.supplyAsync(
                () -> lastOf(process.getErrorStream()),
                task -> Thread.ofVirtual().start(task));
    }

    /**
     * Starts a program.
     *
     * @param folder where PostgreSQL's programs are; absent to look on the {@code PATH}
     */
    static PostgresProgram start(Optional<Path> folder, String name, PostgresUri uri, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(folder.map(f -> f.resolve(name).toString()).orElse(name));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(variable -> variable.startsWith("PG"));
        builder.environment().putAll(environment(name, uri));
        return new PostgresProgram(name, started(builder, folder, name));
    }

    private static Process started(ProcessBuilder builder, Optional<Path> folder, String name) {
        try {
            return builder.start();
        } catch (IOException e) {
            throw new BackupException(
                    Kind.PRECONDITION,
                    "Cannot run " + name + ": it is not "
                            + folder.map(f -> "in " + f).orElse("on the worker's PATH")
                            + ". Install PostgreSQL's programs, of the server's version or newer, and let"
                            + " lifeboat.postgresql.programs name their folder.");
        }
    }

    private static Map<String, String> environment(String name, PostgresUri uri) {
        Map<String, String> environment = new HashMap<>(Map.of(
                "PGHOST", uri.host(),
                "PGPORT", Integer.toString(uri.port()),
                "PGUSER", uri.user(),
                "PGPASSWORD", uri.password(),
                "PGDATABASE", uri.database(),
                "PGCONNECT_TIMEOUT", "5",
                "PGAPPNAME", "lifeboat " + name,
                "LC_ALL", "C"));
        uri.tls().forEach((parameter, value) -> environment.put("PG" + parameter.toUpperCase(Locale.ROOT), value));
        return environment;
    }

    InputStream output() {
        return process.getInputStream();
    }

    /** Passes its output on to its end, by as much as a pipe holds. */
    void passOn(OutputStream target) throws IOException {
        byte[] buffer = new byte[PIPE];
        for (int count = output().read(buffer); count >= 0; count = output().read(buffer)) {
            target.write(buffer, 0, count);
        }
    }

    OutputStream input() {
        return process.getOutputStream();
    }

    /** Waits for its end, which its last byte announces, and fails with its own last words unless it ended well. */
    void awaitSuccess() throws IOException {
        awaitSuccess(TO_END);
    }

    /** Waits for its end for so long, and fails with its own last words unless it ended well. */
    void awaitSuccess(Duration patience) throws IOException {
        int code = exitCode(patience);
        if (code != 0) {
            throw new BackupException(
                    Kind.UNAVAILABLE,
                    name + " failed with exit code " + code + ": "
                            + complaints.join().strip());
        }
    }

    /** The end of what it reported, once it has ended. */
    String report() {
        return complaints.join();
    }

    /** What a program says of its own version. */
    static String version(Optional<Path> folder, String name) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(folder.map(f -> f.resolve(name).toString()).orElse(name), "--version");
        Process process = started(builder.redirectErrorStream(true), folder, name);
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    }

    /** The first number, in {@code 18.6} as in {@code postgres (PostgreSQL) 18.6 (Debian 18.6-1)}. */
    static String major(String version) {
        Matcher number = NUMBER.matcher(version);
        return number.find() ? number.group() : version;
    }

    /** Waits for its end. */
    int exitCode() throws IOException {
        return exitCode(TO_END);
    }

    private int exitCode(Duration patience) throws IOException {
        try {
            if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new BackupException(
                        Kind.UNAVAILABLE,
                        name + " has nothing left to read or to write, and did not end in " + patience);
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while " + name + " ran");
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    /** Programs name hosts, roles and relations there, never passwords. */
    private static String lastOf(InputStream errors) {
        try (errors) {
            String all = new String(errors.readAllBytes(), StandardCharsets.UTF_8);
            return all.substring(Math.max(0, all.length() - KEPT_OF_STDERR));
        } catch (IOException e) {
            return "";
        }
    }
}
