package io.lifeboat.activity.database.postgresql;

import io.lifeboat.activity.backup.StoredParts;
import io.lifeboat.activity.manifest.Manifest;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * What to recover, and where.
 *
 * @param folder new or empty, or what an earlier attempt left; the server's user must be able to enter the folders above it
 * @param listen a free port of a loopback address
 * @param backup of a base backup, verified
 * @param files of that backup
 * @param timeline to follow; absent for the newest there is
 * @param bound of the whole recovery
 * @param progress called at least twice a second by the same thread; what it throws ends the recovery
 */
public record SandboxRequest(
        Path folder,
        InetSocketAddress listen,
        Manifest backup,
        BaseFiles files,
        WalSource wal,
        RecoveryTarget target,
        OptionalLong timeline,
        Duration bound,
        Consumer<SandboxProgress> progress) {
    public SandboxRequest {
        if (listen.isUnresolved() || !listen.getAddress().isLoopbackAddress() || listen.getPort() == 0) {
            throw new IllegalArgumentException("a sandbox listens on a port of a loopback address, not on " + listen);
        }
    }

    /** A recovery of a backup that {@link PostgresBaseBackup} has taken. */
    public SandboxRequest(
            Path folder,
            InetSocketAddress listen,
            Manifest backup,
            StoredParts parts,
            WalSource wal,
            RecoveryTarget target,
            OptionalLong timeline,
            Duration bound,
            Consumer<SandboxProgress> progress) {
        this(folder, listen, backup, new BaseTar(backup.id(), parts), wal, target, timeline, bound, progress);
    }
}
