package io.lifeboat.activity.backup;

import io.lifeboat.activity.backup.BackupCatalog.Entry;
import io.lifeboat.activity.backup.BackupEngines.Assignment;
import io.lifeboat.activity.backup.BackupLineage.Link;
import io.lifeboat.activity.database.DatabaseInstance;
import io.lifeboat.activity.database.Databases;
import io.lifeboat.activity.manifest.Manifest;
import io.lifeboat.activity.storage.LargeObjects.Lock;
import io.lifeboat.runbook.BackupPolicy;
import io.lifeboat.runbook.BucketPlace;
import io.lifeboat.runbook.DataSize;
import io.lifeboat.runbook.Datastore;
import io.lifeboat.workflow.backup.BackupActivities;
import io.lifeboat.workflow.backup.BackupDetail;
import io.lifeboat.workflow.backup.BackupListing;
import io.lifeboat.workflow.backup.BackupPlan;
import io.lifeboat.workflow.backup.BackupReceipt;
import io.lifeboat.workflow.backup.BackupSelection;
import io.lifeboat.workflow.backup.CopyReceipt;
import io.lifeboat.workflow.backup.RetentionReceipt;
import io.lifeboat.workflow.backup.VerifyReceipt;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;

/** Backups by {@link BackupChain} and {@link BackupCatalog}. */
public final class DefaultBackupActivities implements BackupActivities {
    private final BackupChains chains;
    private final BackupCatalog catalog;
    private final BackupEngines engines;
    private final BackupSource source;
    private final LongConsumer progress;
    private final Clock clock;

    /** @param progress told the bytes moved so far by the call under way, from the thread that moved them */
    public DefaultBackupActivities(
            BackupChains chains, BackupEngines engines, Databases databases, LongConsumer progress, Clock clock) {
        this.chains = chains;
        this.catalog = new BackupCatalog(chains::store);
        this.engines = engines;
        this.source = new BackupSource(databases);
        this.progress = progress;
        this.clock = clock;
    }

    @Override
    public BackupPlan plan(Planning request) {
        return new BackupPlanner(catalog, request.runbook().service())
                .plan(
                        BackupSelection.datastores(request.runbook(), request.datastore()),
                        request.slot(),
                        request.all());
    }

    @Override
    public BackupReceipt take(Taking request) {
        Datastore datastore = request.datastore();
        String what = "take backup " + request.id() + " of " + request.service() + "/" + datastore.name();
        return BackupFailures.named(what, () -> taken(request, datastore));
    }

    private BackupReceipt taken(Taking request, Datastore datastore) {
        long started = System.nanoTime();
        BackupPolicy policy = request.policy();
        BackupPlace place = place(request.service(), datastore.name(), policy.in());
        BackupChain chain = chains.writing(policy, progress);
        BaseChoice.Choice choice = new BaseChoice(chains, catalog, request).make(chain);
        BackupTaker engine = engines.of(
                datastore, new Assignment(policy, request.id(), choice.base(), choice.fullBecause(), progress));
        DatabaseInstance instance = source.of(datastore);
        Manifest manifest = chain.take(engine, instance, order(chain, place, request));
        return new BackupReceipt(
                datastore.name(),
                policy.name(),
                request.id(),
                instance.region(),
                place.region(),
                manifest.dataBytes(),
                manifest.storedBytes(),
                manifest.contents().size(),
                manifest.contents().stream().mapToLong(Manifest.Content::rows).sum(),
                manifest.began(),
                manifest.source(),
                secondsSince(started),
                new SizeComparison(chain, catalog, request).unusual(manifest));
    }

    private BackupOrder order(BackupChain chain, BackupPlace place, Taking request) {
        BackupPolicy policy = request.policy();
        Instant slot = BackupId.parse(request.id()).map(BackupId::slot).orElseGet(clock::instant);
        return new BackupOrder(
                place,
                request.id(),
                catalog.newest(place)
                        .map(Entry::id)
                        .filter(id -> id.compareTo(request.id()) < 0)
                        .map(id -> chain.reference(place, id)),
                slot.plus(BackupOrder.lockSpan(policy).orElse(Duration.ZERO)),
                lock(policy),
                policy.minSize().map(DataSize::bytes).orElse(0L));
    }

    @Override
    public CopyReceipt copy(Copying request) {
        return new BackupCopies(chains, catalog, progress).copy(request, lock(request.policy()));
    }

    @Override
    public VerifyReceipt verify(Verifying request) {
        BackupPlace place = place(request.service(), request.datastore(), request.in());
        return BackupFailures.named("verify " + place.words(request.id()), () -> {
            long started = System.nanoTime();
            BackupChain chain = chains.of(request.policy().dataClass(), progress);
            List<Manifest> verified = new BackupLineage(chain, List.of(place))
                    .verified(request.id()).stream().map(Link::manifest).toList();
            Manifest manifest = verified.getFirst();
            verifyElsewhere(request.policy(), manifest);
            return new VerifyReceipt(
                    request.datastore(),
                    request.id(),
                    place.region(),
                    manifest.parts().size(),
                    manifest.storedBytes(),
                    manifest.holders(),
                    verified.stream().skip(1).map(Manifest::id).toList(),
                    secondsSince(started));
        });
    }

    private void verifyElsewhere(BackupPolicy policy, Manifest manifest) {
        engines.repository(policy).ifPresent(repository -> {
            try {
                repository.verify(manifest, () -> progress.accept(manifest.storedBytes()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    @Override
    public BackupDetail show(Showing request) {
        return new BackupShow(chains, catalog, request).show();
    }

    @Override
    public RetentionReceipt prune(Pruning request) {
        return BackupFailures.named(
                "prune " + request.service() + "/" + request.datastore() + " in "
                        + request.in().region(),
                () -> new BackupRetention(chains, catalog, engines).prune(request));
    }

    @Override
    public BackupListing list(Listing request) {
        return new BackupLister(catalog, clock).list(request);
    }

    private static BackupPlace place(String service, String datastore, BucketPlace in) {
        return new BackupPlace(in.region(), in.bucket(), service, datastore);
    }

    private static Optional<Lock.Mode> lock(BackupPolicy policy) {
        return policy.lock().map(lock -> switch (lock.mode()) {
            case GOVERNANCE -> Lock.Mode.GOVERNANCE;
            case COMPLIANCE -> Lock.Mode.COMPLIANCE;
        });
    }

    private static double secondsSince(long nanos) {
        return Math.round((System.nanoTime() - nanos) / 1e6) / 1000.0;
    }
}
