package io.lifeboat.activity.backup;

import io.lifeboat.activity.backup.BackupCatalog.Entry;
import io.lifeboat.activity.manifest.Manifest;
import io.lifeboat.activity.storage.LargeObjects.Lock;
import io.lifeboat.workflow.backup.BackupActivities.Copying;
import io.lifeboat.workflow.backup.CopyReceipt;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;

/** Copies a backup to another place, and makes good what an outage has left out there. */
final class BackupCopies {
    private final BackupChains chains;
    private final BackupCatalog catalog;
    private final LongConsumer progress;

    BackupCopies(BackupChains chains, BackupCatalog catalog, LongConsumer progress) {
        this.chains = chains;
        this.catalog = catalog;
        this.progress = progress;
    }

    CopyReceipt copy(Copying request, Optional<Lock.Mode> lock) {
        BackupShelf shelf = new BackupShelf(catalog, request.service(), request.datastore(), request.policy());
        BackupPlace from = shelf.place(request.policy().in());
        BackupPlace to = shelf.place(request.to());
        return BackupFailures.named("copy " + from.words(request.id()) + " to " + to.region(), () -> {
            long started = System.nanoTime();
            BackupChain chain = chains.writing(request.policy(), progress);
            Manifest manifest = chain.copy(from, to, request.id(), lock);
            List<String> mended = new ArrayList<>();
            List<String> unmended = new ArrayList<>();
            for (String id : missing(shelf, request)) {
                try {
                    chain.copy(from, to, id, lock);
                    mended.add(id);
                } catch (BackupException damaged) {
                    // What is damaged here shall not keep the others from being copied.
                    unmended.add(String.valueOf(damaged.getMessage()));
                }
            }
            return new CopyReceipt(
                    request.datastore(),
                    request.id(),
                    from.region(),
                    to.region(),
                    manifest.storedBytes(),
                    mended,
                    unmended,
                    Math.round((System.nanoTime() - started) / 1e6) / 1000.0);
        });
    }

    /** Older backups of the same policy that exist in the first place and not in the other, newest first. */
    private static List<String> missing(BackupShelf shelf, Copying request) {
        Set<String> there = shelf.list(request.to()).stream()
                .filter(Entry::exists)
                .map(Entry::id)
                .collect(Collectors.toSet());
        return shelf.list(request.policy().in()).reversed().stream()
                .filter(Entry::exists)
                .map(Entry::id)
                .filter(id -> id.compareTo(request.id()) < 0 && !there.contains(id))
                .toList();
    }
}
