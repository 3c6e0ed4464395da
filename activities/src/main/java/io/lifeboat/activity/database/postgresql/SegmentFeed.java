package io.lifeboat.activity.database.postgresql;

import io.lifeboat.activity.backup.BackupException;
import io.lifeboat.activity.backup.BackupException.Kind;
import io.lifeboat.activity.database.Lsn;
import io.lifeboat.activity.encryption.CannotOpenException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;

/**
 * Brings the archived log to a recovering server, file by file as it asks, so that the log of months never has to fit on the disk.
 *
 * <p>The server's {@code restore_command} is a few lines of shell that write down which file is wanted and wait for the answer; it
 * knows no archive, no key and no network. Its exit code keeps apart what a recovery must not mix up: 1, there is no such file, ends the
 * replay, and anything above 125 gives the recovery up. When this process is gone, the script says the latter, so that an
 * abandoned recovery ends by itself.
 */
final class SegmentFeed implements AutoCloseable {
    /** For postgresql.conf; relative to the data folder, where the server runs it. */
    static final String RESTORE_COMMAND = "sh ../feed/ask %f \"%p\"";

    private static final Pattern SEGMENT = Pattern.compile("[0-9A-F]{24}");
    private static final Pattern ASKABLE = Pattern.compile("[0-9A-F]{24}|[0-9A-F]{8}\\.history");
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(5);
    private static final Duration TO_END = Duration.ofSeconds(5);

    private static final String ASK = """
            cd ../feed && . ./worker && : > "wanted/$1" || exit 200
            while [ -d /proc/$worker ]; do
              if [ -e "ready/$1" ]; then mv "ready/$1" "$OLDPWD/$2" && exit 0; exit 200; fi
              if [ -e "absent/$1" ]; then rm "absent/$1"; exit 1; fi
              if [ -e "failed/$1" ]; then exit 200; fi
              sleep 0.01
            done
            exit 200
            """;

    private final Path folder;
    private final ServerUser user;
    private final WalSource source;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final AtomicReference<Served> served = new AtomicReference<>(Served.NOTHING);
    private final Thread thread;

    /**
     * What the server got so far.
     *
     * @param position where the last segment it got begins
     * @param missing the last segment it asked for in vain
     * @param failure the first file that could not be fetched, and why
     */
    record Served(long bytes, Optional<Lsn> position, Optional<String> missing, Optional<BackupException> failure) {
        private static final Served NOTHING = new Served(0, Optional.empty(), Optional.empty(), Optional.empty());
    }

    private SegmentFeed(Path folder, ServerUser user, WalSource source) {
        this.folder = folder;
        this.user = user;
        this.source = source;
        this.thread = Thread.ofVirtual().name("wal-feed").unstarted(this::serve);
    }

    static SegmentFeed open(SandboxFolder sandbox, ServerUser user, WalSource source) throws IOException {
        Path folder = sandbox.folder("feed", user);
        for (String name : new String[] {"wanted", "incoming", "ready", "absent", "failed"}) {
            sandbox.folder("feed/" + name, user);
        }
        sandbox.write("feed/worker", "worker=" + ProcessHandle.current().pid() + "\n", user);
        sandbox.write("feed/ask", ASK, user);
        SegmentFeed feed = new SegmentFeed(folder, user, source);
        feed.thread.start();
        return feed;
    }

    Served served() {
        return served.get();
    }

    private void serve() {
        while (!closed.get()) {
            try (DirectoryStream<Path> wanted = Files.newDirectoryStream(folder.resolve("wanted"))) {
                for (Path file : wanted) {
                    // Before the answer: right after it the server may want the same file again.
                    Files.deleteIfExists(file);
                    answer(file.getFileName().toString());
                }
            } catch (IOException | RuntimeException e) {
                fail("its own folder", e);
            }
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
    }

    private void answer(String name) throws IOException {
        Path incoming = folder.resolve("incoming").resolve(name);
        Files.deleteIfExists(incoming);
        try {
            if (ASKABLE.matcher(name).matches() && source.fetch(name, incoming)) {
                handOver(name, incoming);
            } else {
                served.updateAndGet(s -> new Served(
                        s.bytes(),
                        s.position(),
                        SEGMENT.matcher(name).matches() ? Optional.of(name) : s.missing(),
                        s.failure()));
                say("absent", name);
            }
        } catch (IOException | RuntimeException e) {
            fail(name, e);
            say("failed", name);
        }
    }

    private void handOver(String name, Path incoming) throws IOException {
        long bytes = Files.size(incoming);
        user.own(incoming);
        Optional<Lsn> position =
                SEGMENT.matcher(name).matches() ? Optional.of(beginning(name, bytes)) : Optional.empty();
        served.updateAndGet(s -> new Served(s.bytes() + bytes, position.or(s::position), s.missing(), s.failure()));
        Files.move(incoming, folder.resolve("ready").resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }

    /** Moved into place whole: the script takes an answer away as soon as it sees it. */
    private void say(String answer, String name) throws IOException {
        Path said = Files.createFile(folder.resolve("incoming").resolve(name + "." + answer));
        user.own(said);
        Files.move(said, folder.resolve(answer).resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }

    private void fail(String name, Exception cause) {
        Kind kind = switch (cause) {
            case BackupException told -> told.kind();
            case CannotOpenException damaged -> Kind.CORRUPT;
            default -> Kind.UNAVAILABLE;
        };
        BackupException failure = new BackupException(kind, name + ": " + cause.getMessage());
        served.updateAndGet(s ->
                new Served(s.bytes(), s.position(), s.missing(), s.failure().or(() -> Optional.of(failure))));
    }

    /** A segment's name is its timeline and its number, whose unit is the segment's size. */
    private static Lsn beginning(String segment, long size) {
        long high = Long.parseLong(segment, 8, 16, 16);
        long low = Long.parseLong(segment, 16, 24, 16);
        return new Lsn((high << 32) + low * size);
    }

    /** Answers nothing more; a file that is being fetched is not waited for long. */
    @Override
    public void close() throws IOException {
        closed.set(true);
        try {
            if (!thread.join(TO_END)) {
                thread.interrupt();
                thread.join(TO_END);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
