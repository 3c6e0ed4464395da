package io.lifeboat.activity.database.postgresql;

import io.lifeboat.activity.database.Deadline;
import io.lifeboat.activity.database.PostgresRelease;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** The one sandbox of a test. */
final class RecoverySandbox implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final BackedUpPrimary primary;
    private final Path above = enterableFolder();
    private final List<SandboxProgress> progress = new ArrayList<>();
    private final PostgresSandbox sandboxes;

    RecoverySandbox(BackedUpPrimary primary, PostgresRelease release) {
        this.primary = primary;
        this.sandboxes = new PostgresSandbox(
                Optional.of(release.programs()),
                System.getProperty("user.name").equals("root") ? Optional.of("nobody") : Optional.empty());
    }

    PostgresSandbox sandboxes() {
        return sandboxes;
    }

    Path folder() {
        return above.resolve("sandbox");
    }

    SandboxProcesses processes() throws IOException {
        return new SandboxProcesses(above.toRealPath().resolve("sandbox"));
    }

    List<SandboxProgress> progress() {
        return progress;
    }

    RecoveredInstance recover(RecoveryTarget target) {
        return recover(target, primary.archive());
    }

    RecoveredInstance recover(RecoveryTarget target, WalSource wal) {
        return recover(target, wal, OptionalLong.empty());
    }

    RecoveredInstance recover(RecoveryTarget target, WalSource wal, OptionalLong timeline) {
        return recover(target, wal, timeline, progress::add);
    }

    RecoveredInstance recover(
            RecoveryTarget target, WalSource wal, OptionalLong timeline, Consumer<SandboxProgress> progressing) {
        return recover(target, wal, timeline, progressing, opened -> opened);
    }

    /** Recovers what becomes of the backup's plain bytes. */
    RecoveredInstance recover(UnaryOperator<InputStream> spoiling) {
        return recover(
                new RecoveryTarget.Immediate(), primary.archive(), OptionalLong.empty(), progress::add, spoiling);
    }

    private RecoveredInstance recover(
            RecoveryTarget target,
            WalSource wal,
            OptionalLong timeline,
            Consumer<SandboxProgress> progressing,
            UnaryOperator<InputStream> spoiling) {
        return primary.open((manifest, parts) -> sandboxes.recover(new SandboxRequest(
                folder(),
                freePort(),
                manifest,
                (name, comparison) -> spoiling.apply(parts.open(name, comparison)),
                wal,
                target,
                timeline,
                PATIENCE,
                progressing)));
    }

    List<String> markers(RecoveredInstance recovered) {
        try (PostgresConnection session = session(recovered)) {
            return session.all("SELECT what FROM markers", row -> row.getString(1));
        }
    }

    String setting(RecoveredInstance recovered, String name) {
        try (PostgresConnection session = session(recovered)) {
            return session.one("SELECT current_setting(?)", row -> row.getString(1), name);
        }
    }

    String password(RecoveredInstance recovered) {
        return PostgresUri.parse(recovered.instance().connection()).password();
    }

    @Override
    public void close() throws IOException {
        sandboxes.destroy(folder());
        Files.deleteIfExists(above);
    }

    private static PostgresConnection session(RecoveredInstance recovered) {
        PostgresUri uri = PostgresUri.parse(recovered.instance().connection());
        return PostgresConnection.open(uri, uri.database(), Deadline.in(PATIENCE));
    }

    /** PostgreSQL's user has to get through it, and JUnit's folders are closed. */
    private static Path enterableFolder() {
        try {
            Path made = Files.createTempDirectory("lifeboat-sandbox-");
            return Files.setPosixFilePermissions(made, PosixFilePermissions.fromString("rwx--x--x"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InetSocketAddress freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return new InetSocketAddress(InetAddress.getLoopbackAddress(), socket.getLocalPort());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
