package io.lifeboat.activity.backup;

import io.lifeboat.activity.encryption.Encryption;
import io.lifeboat.activity.manifest.EnvelopeSeal;
import io.lifeboat.activity.manifest.ManifestSeal;
import io.lifeboat.activity.storage.LargeObjects;
import io.lifeboat.runbook.BackupPolicy;
import java.time.Clock;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.function.Supplier;

/** The chain of each data class: this worker's object stores, its keys of that class, and its signature. */
public final class BackupChains {
    private final Function<String, LargeObjects> stores;
    private final Function<String, Encryption> encryptions;
    private final Supplier<EnvelopeSeal> seal;
    private final Clock clock;

    /**
     * @param stores the object store of each region
     * @param encryptions the keys of each data class; fails with {@code PRECONDITION_FAILED} for one this worker has none of
     * @param seal this installation's signature; fails likewise
     */
    public BackupChains(
            Function<String, LargeObjects> stores,
            Function<String, Encryption> encryptions,
            Supplier<EnvelopeSeal> seal,
            Clock clock) {
        this.stores = stores;
        this.encryptions = encryptions;
        this.seal = seal;
        this.clock = clock;
    }

    /**
     * The chain that writes a policy's backups, which the stores move to cheaper tiers as the policy says.
     *
     * @param progress told the bytes moved so far, from time to time
     */
    BackupChain writing(BackupPolicy policy, LongConsumer progress) {
        return new BackupChains(
                        region ->
                                policy.tiers().map(stores.apply(region)::aging).orElseGet(() -> stores.apply(region)),
                        encryptions,
                        seal,
                        clock)
                .of(policy.dataClass(), progress);
    }

    /** @param progress told the bytes moved so far, from time to time */
    public BackupChain of(String dataClass, LongConsumer progress) {
        MovedBytes moved = new MovedBytes(progress);
        return new BackupChain(
                region -> moved.of(stores.apply(region)),
                encryptions.apply(dataClass),
                new ManifestSeal(seal.get()),
                clock);
    }

    /** The object store of a region. */
    public LargeObjects store(String region) {
        return stores.apply(region);
    }

    /** The keys of a data class. */
    public Encryption encryption(String dataClass) {
        return encryptions.apply(dataClass);
    }

    /** This installation's signature. */
    public EnvelopeSeal seal() {
        return seal.get();
    }
}
