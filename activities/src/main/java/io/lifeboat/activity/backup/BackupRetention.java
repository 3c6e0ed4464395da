package io.lifeboat.activity.backup;

import io.lifeboat.activity.backup.BackupCatalog.Entry;
import io.lifeboat.activity.manifest.Manifest;
import io.lifeboat.activity.retention.Decision;
import io.lifeboat.activity.retention.RetentionPlan;
import io.lifeboat.activity.retention.RetentionPlanner;
import io.lifeboat.activity.retention.StoredBackup;
import io.lifeboat.activity.retention.UnfinishedBackup;
import io.lifeboat.activity.storage.LargeObjects;
import io.lifeboat.activity.storage.LargeObjects.ListedObject;
import io.lifeboat.runbook.BackupPolicy;
import io.lifeboat.runbook.BucketPlace;
import io.lifeboat.workflow.backup.BackupActivities.Pruning;
import io.lifeboat.workflow.backup.RetentionReceipt;
import io.lifeboat.workflow.backup.RetentionReceipt.Decided;
import io.lifeboat.workflow.backup.RetentionReceipt.Fate;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Carries out what retention decides for one policy's backups in one place. */
final class BackupRetention {
    /** How much a store's clock may differ from Temporal's, and another policy's run be under way. */
    private static final Duration MARGIN = Duration.ofHours(1);

    private final BackupChains chains;
    private final BackupCatalog catalog;
    private final BackupEngines engines;

    BackupRetention(BackupChains chains, BackupCatalog catalog, BackupEngines engines) {
        this.chains = chains;
        this.catalog = catalog;
        this.engines = engines;
    }

    RetentionReceipt prune(Pruning request) {
        BackupPolicy policy = request.policy();
        BackupShelf shelf = new BackupShelf(catalog, request.service(), request.datastore(), policy);
        BackupPlace place = shelf.place(request.in());
        List<Entry> entries = shelf.list(request.in());
        RetentionPlan plan = new RetentionPlanner(policy.keep(), MARGIN)
                .plan(stored(shelf, policy, place, entries), unfinished(policy, entries), request.begun());
        List<String> ended = List.of();
        if (!request.planOnly()) {
            LargeObjects store = chains.store(place.region());
            plan.removals().forEach(id -> {
                removeElsewhere(policy, place, id);
                remove(store, place, id);
            });
            plan.unfinished().forEach(half -> remove(store, place, half.id()));
            ended = store.abandon(
                    place.bucket(), place.prefix(), request.begun().minus(MARGIN));
        }
        Map<String, Long> bytes = entries.stream().collect(Collectors.toMap(Entry::id, Entry::storedBytes));
        return new RetentionReceipt(
                request.datastore(),
                policy.name(),
                place.region(),
                place.bucket(),
                request.planOnly(),
                plan.decisions().stream().map(d -> decided(d, bytes)).toList(),
                plan.unfinished().stream().map(UnfinishedBackup::id).toList(),
                ended,
                request.planOnly() ? Optional.empty() : untiered(policy, place));
    }

    /** Why the store does not move what gets older; a matter of money, for which no retention fails. */
    private Optional<String> untiered(BackupPolicy policy, BackupPlace place) {
        try {
            policy.tiers().ifPresent(ages -> chains.store(place.region()).tier(place.bucket(), ages));
            return Optional.empty();
        } catch (ApplicationFailure refused) {
            return Optional.of(refused.getOriginalMessage());
        }
    }

    private List<StoredBackup> stored(BackupShelf shelf, BackupPolicy policy, BackupPlace place, List<Entry> entries) {
        Map<String, Instant> proofs = proofs(shelf, policy);
        BackupChain chain = chains.of(policy.dataClass(), bytes -> {});
        return entries.stream()
                .filter(Entry::exists)
                .map(entry -> stored(
                        chain,
                        policy,
                        place,
                        entry,
                        Stream.concat(entry.proven().stream(), Optional.ofNullable(proofs.get(entry.id())).stream())
                                .max(Instant::compareTo)))
                .toList();
    }

    /** A backup that was proven anywhere is proven everywhere: its copies are compared byte by byte. */
    private static Map<String, Instant> proofs(BackupShelf shelf, BackupPolicy policy) {
        return policy.places().stream()
                .flatMap(elsewhere -> readable(shelf, elsewhere).stream())
                .filter(entry -> entry.proven().isPresent())
                .collect(Collectors.toMap(
                        Entry::id, entry -> entry.proven().orElseThrow(), (a, b) -> a.isAfter(b) ? a : b));
    }

    /** Retention of one region goes on while the other is lost; what it cannot see there it does not count. */
    private static List<Entry> readable(BackupShelf shelf, BucketPlace place) {
        try {
            return shelf.list(place);
        } catch (ApplicationFailure lost) {
            return List.of();
        }
    }

    private static StoredBackup stored(
            BackupChain chain, BackupPolicy policy, BackupPlace place, Entry entry, Optional<Instant> proven) {
        Instant slot = BackupId.parse(entry.id()).orElseThrow().slot();
        try {
            Manifest manifest = chain.manifest(place, entry.id());
            return new StoredBackup(
                    entry.id(),
                    slot,
                    manifest.basedOn(),
                    proven,
                    manifest.retainUntil(),
                    policy.lock().map(lock -> manifest.retainUntil()),
                    policy.holdFor().map(slot::plus),
                    Optional.empty());
        } catch (BackupException untrusted) {
            return StoredBackup.unreadable(entry.id(), slot, String.valueOf(untrusted.getMessage()));
        }
    }

    /** The parts of a half-written backup were locked as those of a whole one are. */
    private static List<UnfinishedBackup> unfinished(BackupPolicy policy, List<Entry> entries) {
        return entries.stream()
                .filter(entry -> !entry.exists())
                .map(entry -> new UnfinishedBackup(
                        entry.id(),
                        entry.lastWritten(),
                        BackupOrder.lockSpan(policy).map(entry.lastWritten()::plus)))
                .toList();
    }

    /** Before the manifest, which alone tells where it is: a removal that is cut off is then done again. */
    private void removeElsewhere(BackupPolicy policy, BackupPlace place, String id) {
        engines.repository(policy).ifPresent(repository -> {
            try {
                repository.remove(chains.of(policy.dataClass(), bytes -> {}).manifest(place, id));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /** The manifest goes first: from then on there is no backup, and what is left is cleared away by the next run at the latest. */
    private static void remove(LargeObjects store, BackupPlace place, String id) {
        String manifest = place.manifestKey(id);
        store.delete(place.bucket(), manifest);
        store.list(place.bucket(), place.prefix() + id + "/").stream()
                .map(ListedObject::key)
                .forEach(key -> store.delete(place.bucket(), key));
    }

    private static Decided decided(Decision decision, Map<String, Long> bytes) {
        Fate fate = switch (decision.verdict()) {
            case KEEP -> Fate.KEEP;
            case EXAMINE -> Fate.EXAMINE;
            case REMOVE -> Fate.REMOVE;
        };
        String id = decision.backup().id();
        return new Decided(id, fate, bytes.getOrDefault(id, 0L), decision.reasons());
    }
}
