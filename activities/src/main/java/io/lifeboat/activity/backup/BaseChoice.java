package io.lifeboat.activity.backup;

import io.lifeboat.activity.backup.BackupCatalog.Entry;
import io.lifeboat.activity.backup.BackupEngines.Prior;
import io.lifeboat.activity.backup.BackupException.Kind;
import io.lifeboat.activity.backup.BackupLineage.Link;
import io.lifeboat.activity.manifest.Manifest;
import io.lifeboat.activity.storage.LargeObjects;
import io.lifeboat.activity.storage.LargeObjects.ListedObject;
import io.lifeboat.runbook.Increments;
import io.lifeboat.workflow.backup.BackupActivities.Taking;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What the next backup of a policy with increments is based on: the newest one before it. Whenever there is a doubt about that one or
 * about what it needs itself, the answer is a full one, which needs nothing.
 */
final class BaseChoice {
    private final BackupChains chains;
    private final BackupShelf shelf;
    private final Taking request;

    BaseChoice(BackupChains chains, BackupCatalog catalog, Taking request) {
        this.chains = chains;
        this.shelf =
                new BackupShelf(catalog, request.service(), request.datastore().name(), request.policy());
        this.request = request;
    }

    /**
     * @param base absent for a full one
     * @param fullBecause why it is a full one; absent where every backup of the policy is
     */
    record Choice(Optional<Prior> base, Optional<String> fullBecause) {
        private static Choice full(String because) {
            return new Choice(Optional.empty(), Optional.of(because));
        }
    }

    Choice make(BackupChain chain) {
        return request.policy()
                .increments()
                .map(increments -> newest().map(newest -> basedOn(chain, newest, increments))
                        .orElseGet(() -> Choice.full("there is none before it")))
                .orElseGet(() -> new Choice(Optional.empty(), Optional.empty()));
    }

    private Optional<String> newest() {
        return shelf.list(request.policy().in()).reversed().stream()
                .filter(Entry::exists)
                .map(Entry::id)
                .filter(id -> id.compareTo(request.id()) < 0)
                .findFirst();
    }

    private Choice basedOn(BackupChain chain, String newest, Increments increments) {
        BackupPlace place = shelf.place(request.policy().in());
        try {
            List<Link> links = new BackupLineage(chain, List.of(place)).signed(newest);
            Optional<String> incomplete = links.stream()
                    .filter(link -> !isComplete(link))
                    .map(link -> link.manifest().id() + " is not complete")
                    .findFirst();
            return incomplete
                    .or(() -> due(links.getLast().manifest().id(), increments))
                    .map(Choice::full)
                    .orElseGet(() -> new Choice(Optional.of(base(links.getFirst())), Optional.empty()));
        } catch (BackupException doubt) {
            if (doubt.kind() == Kind.UNAVAILABLE) {
                throw doubt;
            }
            return Choice.full(String.valueOf(doubt.getMessage()));
        }
    }

    private static Prior base(Link newest) {
        return new Prior(newest.manifest(), newest.parts());
    }

    /** Whether all of it is there, as far as that is seen without reading it. */
    private boolean isComplete(Link link) {
        BackupPlace place = link.place();
        Manifest manifest = link.manifest();
        LargeObjects store = chains.store(place.region());
        Map<String, Long> stored = store.list(place.bucket(), place.prefix() + manifest.id() + "/").stream()
                .collect(Collectors.toMap(ListedObject::key, ListedObject::bytes));
        return manifest.parts().stream().allMatch(part -> {
            Long bytes = stored.get(place.partKey(manifest.id(), part.name(), manifest.encryption()));
            return bytes != null && bytes == part.sums().sealedBytes();
        });
    }

    private Optional<String> due(String full, Increments increments) {
        Optional<Instant> from = BackupId.parse(full).map(id -> id.slot().plus(BackupPlanner.wait(increments.full())));
        Optional<Instant> slot = BackupId.parse(request.id()).map(BackupId::slot);
        return from.isPresent() && slot.isPresent() && slot.get().isBefore(from.get())
                ? Optional.empty()
                : Optional.of("the full one before it is " + full + ", and the runbook wants one every "
                        + increments.full().toHours() + " h");
    }
}
