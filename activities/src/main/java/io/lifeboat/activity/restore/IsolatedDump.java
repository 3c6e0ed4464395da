package io.lifeboat.activity.restore;

import io.lifeboat.activity.backup.BackupChain;
import io.lifeboat.activity.backup.BackupPlace;
import io.lifeboat.activity.backup.DatastoreEngine.Restored;
import io.lifeboat.activity.database.DatabaseInstance;
import io.lifeboat.activity.database.Lsn;
import io.lifeboat.activity.database.postgresql.PostgresLogicalBackup;
import io.lifeboat.activity.database.postgresql.PostgresSandbox;
import io.lifeboat.activity.database.postgresql.RecoveredInstance;
import io.lifeboat.activity.database.postgresql.RecoveredInstance.Timings;
import io.lifeboat.activity.manifest.Manifest;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** A dump, loaded into a server that was made for it, with the roles that were dumped beside it. */
final class IsolatedDump {
    private static final Duration LONGEST_CREATION = Duration.ofMinutes(5);

    private final BackupChain chain;
    private final PostgresSandbox sandbox;
    private final PostgresLogicalBackup logical;

    IsolatedDump(BackupChain chain, PostgresSandbox sandbox, PostgresLogicalBackup logical) {
        this.chain = chain;
        this.sandbox = sandbox;
        this.logical = logical;
    }

    /** Every stored byte is compared before it is used, and the rows and checksums of every table afterwards. */
    RecoveredInstance load(BackupPlace place, String id, Path folder, InetSocketAddress listen) {
        long begun = System.nanoTime();
        return chain.open(place, id, (manifest, parts) -> {
            DatabaseInstance made = sandbox.create(folder, listen, manifest, LONGEST_CREATION, () -> {});
            logical.restoreRoles(made, manifest, parts);
            long loading = System.nanoTime();
            Restored restored = logical.restore(made, manifest, parts);
            Duration load = since(loading);
            BackupChain.requireSame(place, manifest, restored);
            return new RecoveredInstance(
                    made,
                    Lsn.parse(manifest.source().getOrDefault("lsn", "0/0")),
                    Optional.of(manifest.began()),
                    timeline(manifest),
                    timeline(manifest),
                    "the dump's own snapshot",
                    Optional.of(restored.contents().size()),
                    new Timings(load, manifest.dataBytes(), Duration.ZERO, Duration.ZERO, 0, since(begun)));
        });
    }

    private static long timeline(Manifest manifest) {
        return Long.parseLong(manifest.source().getOrDefault("timeline", "0"));
    }

    private static Duration since(long begun) {
        return Duration.ofNanos(System.nanoTime() - begun);
    }
}
