package io.lifeboat.lab.bench.backup;

import io.lifeboat.activity.backup.BackupChain;
import io.lifeboat.activity.backup.BackupOrder;
import io.lifeboat.activity.backup.BackupPlace;
import io.lifeboat.activity.database.postgresql.PostgresBaseBackup;
import io.lifeboat.activity.database.postgresql.PostgresSandbox;
import io.lifeboat.activity.database.postgresql.RecoveryTarget;
import io.lifeboat.activity.database.postgresql.SandboxRequest;
import io.lifeboat.activity.database.postgresql.WalSource;
import io.lifeboat.lab.postgres.ServerUser;
import io.lifeboat.lab.process.Ports;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/** Lifeboat's base backup, recovered into an isolated instance that accepts writes, as a restore test does it. */
final class BaseBackupContender implements Contender {
    private static final BackupPlace PLACE = new BackupPlace(BenchStore.REGION, BenchStore.BUCKET, "bench", "base");
    private static final String ID = "20261121T020000Z-bench";
    private static final Duration LONGEST = Duration.ofMinutes(20);

    private final Cluster source;
    private final BenchStore store;
    private final BackupChain chain;
    private final PostgresBaseBackup taker;
    private final PostgresSandbox sandbox;
    private final Path folder;

    BaseBackupContender(Cluster source, BenchStore store, Path work, BenchKeys keys) {
        this.source = source;
        this.store = store;
        this.chain = keys.chain(region -> store.objects());
        this.taker = new PostgresBaseBackup(Optional.of(source.programs()));
        this.sandbox = new PostgresSandbox(Optional.of(source.programs()), ServerUser.name());
        this.folder = work.resolve("sandbox");
    }

    @Override
    public String name() {
        return "lifeboat-base";
    }

    @Override
    public Cluster source() {
        return source;
    }

    @Override
    public boolean inThisJvm() {
        return true;
    }

    @Override
    public void backUp() {
        chain.take(taker, source.instance(Cluster.DATABASE), BackupOrder.of(PLACE, ID, Instant.EPOCH));
    }

    @Override
    public void restore() {
        chain.open(
                PLACE,
                ID,
                (manifest, parts) -> sandbox.recover(new SandboxRequest(
                        folder,
                        freePort(),
                        manifest,
                        parts,
                        new NoArchive(),
                        new RecoveryTarget.Immediate(),
                        OptionalLong.empty(),
                        LONGEST,
                        progress -> {})));
    }

    private static InetSocketAddress freePort() throws IOException {
        try (Ports ports = new Ports()) {
            return new InetSocketAddress(InetAddress.getLoopbackAddress(), ports.block(1, "127.0.0.1"));
        }
    }

    @Override
    public long storedBytes() {
        return store.storedBytes(PLACE.prefix());
    }

    @Override
    public long restoredRows() throws IOException {
        return Cluster.rows(sandbox.find(folder).orElseThrow());
    }

    @Override
    public void tidy() throws IOException {
        store.remove(PLACE.prefix());
        sandbox.destroy(folder);
    }

    /** A base backup has the log that makes it consistent. */
    private static final class NoArchive implements WalSource {
        @Override
        public boolean fetch(String fileName, Path to) {
            return false;
        }

        @Override
        public Optional<String> newestSegment(long timeline) {
            return Optional.empty();
        }
    }
}
