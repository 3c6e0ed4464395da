package io.lifeboat.lab.bench.backup;

import io.lifeboat.activity.backup.BackupChain;
import io.lifeboat.activity.backup.BackupOrder;
import io.lifeboat.activity.backup.BackupPlace;
import io.lifeboat.activity.database.postgresql.PostgresLogicalBackup;
import java.time.Instant;
import java.util.Optional;

/** Lifeboat's logical backup: sealed, with checksums of every table and every byte, signed; verified before it is restored. */
final class LogicalContender implements Contender {
    static final BackupPlace PLACE = new BackupPlace(BenchStore.REGION, BenchStore.BUCKET, "bench", "logical");

    private static final String ID = "20261121T020000Z-bench";

    private final Cluster source;
    private final BenchStore store;
    private final BackupChain chain;
    private final PostgresLogicalBackup engine;

    LogicalContender(Cluster source, BenchStore store, BenchKeys keys) {
        this.source = source;
        this.store = store;
        this.chain = keys.chain(region -> store.objects());
        this.engine = new PostgresLogicalBackup(Optional.of(source.programs()));
    }

    @Override
    public String name() {
        return "lifeboat-logical";
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
        chain.take(engine, source.instance(Cluster.DATABASE), BackupOrder.of(PLACE, ID, Instant.EPOCH));
    }

    @Override
    public void restore() {
        chain.restore(engine, PLACE, ID, source.instance(Cluster.TARGET));
    }

    @Override
    public long storedBytes() {
        return store.storedBytes(PLACE.prefix());
    }

    @Override
    public long restoredRows() {
        return Cluster.rows(source.instance(Cluster.TARGET));
    }

    @Override
    public void tidy() {
        store.remove(PLACE.prefix());
        source.createTarget();
    }
}
