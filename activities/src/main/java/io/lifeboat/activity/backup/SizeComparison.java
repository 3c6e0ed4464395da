package io.lifeboat.activity.backup;

import io.lifeboat.activity.backup.BackupCatalog.Entry;
import io.lifeboat.activity.manifest.Manifest;
import io.lifeboat.runbook.BackupPolicy;
import io.lifeboat.workflow.backup.BackupActivities.Taking;
import java.util.List;
import java.util.Optional;

/** Holds the size of a backup against the others of its policy: full ones against full ones, and what has changed against nothing. */
record SizeComparison(BackupChain chain, BackupCatalog catalog, Taking request) {
    Optional<String> unusual(Manifest taken) {
        if (taken.basedOn().isPresent()) {
            return Optional.empty();
        }
        BackupPolicy policy = request.policy();
        BackupShelf shelf =
                new BackupShelf(catalog, request.service(), request.datastore().name(), policy);
        List<Long> before = shelf.list(policy.in()).reversed().stream()
                .filter(Entry::exists)
                .filter(entry -> entry.id().compareTo(request.id()) < 0)
                .filter(entry -> policy.increments().isEmpty() || isFull(shelf.place(policy.in()), entry))
                .limit(SizeAnomaly.MOST)
                .map(Entry::storedBytes)
                .toList();
        return SizeAnomaly.of(taken.storedBytes(), before);
    }

    private boolean isFull(BackupPlace place, Entry entry) {
        try {
            return chain.manifest(place, entry.id()).basedOn().isEmpty();
        } catch (BackupException untrusted) {
            return false;
        }
    }
}
