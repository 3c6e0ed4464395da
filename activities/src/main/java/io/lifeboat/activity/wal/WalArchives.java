package io.lifeboat.activity.wal;

import io.lifeboat.activity.backup.BackupChains;
import io.lifeboat.activity.backup.BackupPlace;
import io.lifeboat.runbook.BackupPolicy;

/** The archive of each policy: in its first place, under its data class's keys. */
public final class WalArchives {
    private final BackupChains chains;

    public WalArchives(BackupChains chains) {
        this.chains = chains;
    }

    public WalArchive of(String service, String datastore, BackupPolicy policy) {
        BackupPlace place = new BackupPlace(policy.in().region(), policy.in().bucket(), service, datastore);
        return new WalArchive(chains::store, place, chains.encryption(policy.dataClass()), chains.seal());
    }
}
