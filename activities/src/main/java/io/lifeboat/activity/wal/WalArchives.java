package io.lifeboat.activity.wal;

import io.lifeboat.activity.backup.BackupChains;
import io.lifeboat.activity.backup.BackupPlace;
import io.lifeboat.runbook.BackupPolicy;
import io.lifeboat.runbook.BucketPlace;
import java.time.Duration;
import java.util.List;

/** The archive of each policy: written in its first place, copied to its others, under its data class's keys. */
public final class WalArchives {
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(5);

    private final BackupChains chains;

    public WalArchives(BackupChains chains) {
        this.chains = chains;
    }

    /** The one in the policy's first place. */
    public WalArchive of(String service, String datastore, BackupPolicy policy) {
        return archive(service, datastore, policy, policy.in(), (system, file) -> {});
    }

    /** The one in each of the policy's places, the first place's before its copies. */
    public List<WalArchive> everywhere(String service, String datastore, BackupPolicy policy) {
        return policy.places().stream()
                .map(in -> archive(service, datastore, policy, in, (system, file) -> {}))
                .toList();
    }

    /** What can be read of them. */
    public ReadableWal readable(String service, String datastore, BackupPolicy policy) {
        return ReadableWal.of(everywhere(service, datastore, policy));
    }

    /** The one in the policy's first place, for a receiver; what it stores goes on to the copiers. */
    WalArchive receiving(String service, String datastore, BackupPolicy policy, List<WalCopier> copiers) {
        return archive(
                service,
                datastore,
                policy,
                policy.in(),
                (system, file) -> copiers.forEach(copier -> copier.stored(system, file)));
    }

    /** One for each further place of the policy. */
    List<WalCopier> copiers(String service, String datastore, BackupPolicy policy) {
        return policy.copies().stream()
                .map(to -> new WalCopy(
                        chains::store,
                        place(service, datastore, policy.in()),
                        place(service, datastore, to),
                        chains.seal(),
                        WalLock.of(policy)))
                .map(copy -> new WalCopier(service + "/" + datastore, copy, FIRST_PAUSE))
                .toList();
    }

    private WalArchive archive(String service, String datastore, BackupPolicy policy, BucketPlace in, WalStored told) {
        return new WalArchive(
                chains::store,
                place(service, datastore, in),
                chains.encryption(policy.dataClass()),
                chains.seal(),
                WalLock.of(policy),
                told);
    }

    private static BackupPlace place(String service, String datastore, BucketPlace in) {
        return new BackupPlace(in.region(), in.bucket(), service, datastore);
    }
}
