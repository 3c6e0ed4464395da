package io.lifeboat.activity.backup;

import io.lifeboat.activity.backup.BackupCatalog.Entry;
import io.lifeboat.activity.manifest.Manifest;
import io.lifeboat.activity.storage.LargeObjects.Lock;
import io.lifeboat.workflow.backup.BackupActivities.Copying;
import io.lifeboat.workflow.backup.CopyReceipt;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
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
            Manifest manifest = chain.manifest(from, request.id());
            List<String> missing = missing(shelf, request);
            Set<String> needed = needed(chain, from, manifest, missing);
            List<String> mended = new ArrayList<>();
            List<String> unmended = new ArrayList<>();
            Consumer<String> mend = id -> {
                try {
                    chain.copy(from, to, id, lock);
                    mended.add(id);
                } catch (BackupException damaged) {
                    // What is damaged here shall not keep the others from being copied.
                    unmended.add(String.valueOf(damaged.getMessage()));
                }
            };
            needed.forEach(mend);
            chain.copy(from, to, request.id(), lock);
            missing.stream().filter(id -> !needed.contains(id)).forEach(mend);
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

    /** Those of the missing that the backup is based on, the oldest first: without them it is of no use there. */
    private static Set<String> needed(BackupChain chain, BackupPlace from, Manifest backup, List<String> missing) {
        Deque<String> needed = new ArrayDeque<>();
        for (Optional<String> base = backup.basedOn();
                base.filter(missing::contains).isPresent() && !needed.contains(base.get()); ) {
            needed.push(base.get());
            base = readable(chain, from, base.get()).flatMap(Manifest::basedOn);
        }
        return new LinkedHashSet<>(needed);
    }

    private static Optional<Manifest> readable(BackupChain chain, BackupPlace from, String id) {
        try {
            return Optional.of(chain.manifest(from, id));
        } catch (BackupException untrusted) {
            return Optional.empty(); // its copy will say so
        }
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
