package io.lifeboat.activity.restore;

import io.lifeboat.activity.backup.BackupCatalog;
import io.lifeboat.activity.backup.BackupCatalog.Entry;
import io.lifeboat.activity.backup.BackupChain;
import io.lifeboat.activity.backup.BackupChains;
import io.lifeboat.activity.backup.BackupException;
import io.lifeboat.activity.backup.BackupLineage;
import io.lifeboat.activity.backup.BackupShelf;
import io.lifeboat.activity.database.postgresql.RecoveryWindow;
import io.lifeboat.activity.manifest.Manifest;
import io.lifeboat.runbook.BucketPlace;
import io.lifeboat.workflow.FailureType;
import io.lifeboat.workflow.restore.ChosenBackup;
import io.lifeboat.workflow.restore.RestoreActivities.Choosing;
import io.temporal.failure.ApplicationFailure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Which backup of a policy is restored: of the first place that answers, the newest that can go back far enough. */
final class BackupChoice {
    private final BackupChains chains;
    private final Choosing request;
    private final BackupShelf shelf;
    private final List<String> seen = new ArrayList<>();
    private boolean silence;

    BackupChoice(BackupChains chains, Choosing request) {
        this.chains = chains;
        this.request = request;
        this.shelf = new BackupShelf(
                new BackupCatalog(chains::store),
                request.service(),
                request.datastore().name(),
                request.policy());
    }

    /** {@code PRECONDITION_FAILED}, with what is wrong with each, where there is none. */
    ChosenBackup make() {
        return find().orElseThrow(() -> FailureType.PRECONDITION_FAILED.failure("Cannot restore \""
                + request.datastore().name() + "\" of \""
                + request.service() + "\""
                + request.at().map(at -> " to " + at).orElse("") + ": "
                + (seen.isEmpty() ? "there is no " + wanted() + " yet" : String.join("; ", seen))
                + ". Take one with 'lifeboat backup " + request.service() + "'"
                + (request.at().isPresent() ? ", or choose a later moment." : ".")));
    }

    private String wanted() {
        return request.policy().ofFiles() ? "base backup" : "dump";
    }

    /** Absent where there is none. */
    Optional<ChosenBackup> find() {
        return request.policy().places().stream().flatMap(in -> in(in).stream()).findFirst();
    }

    /** What is wrong with those that were not chosen. */
    List<String> seen() {
        return List.copyOf(seen);
    }

    /** Whether a place did not answer. */
    boolean metSilence() {
        return silence;
    }

    private Optional<ChosenBackup> in(BucketPlace place) {
        try {
            List<Entry> all = shelf.list(place).stream().filter(Entry::exists).toList();
            Optional<Instant> lastProof =
                    all.stream().flatMap(entry -> entry.proven().stream()).max(Comparator.naturalOrder());
            List<Entry> newestFirst = all.stream()
                    .filter(e -> request.id().map(e.id()::equals).orElse(true))
                    .sorted(Comparator.comparing(Entry::id).reversed())
                    .toList();
            int passed = Math.min(request.older(), Math.max(0, newestFirst.size() - 1));
            return newestFirst.stream()
                    .skip(passed)
                    .flatMap(entry -> chosen(place, entry, lastProof).stream())
                    .findFirst();
        } catch (ApplicationFailure silent) {
            seen.add(silent.getOriginalMessage());
            silence |= FailureType.UNAVAILABLE.is(silent);
            return Optional.empty();
        }
    }

    private Optional<ChosenBackup> chosen(BucketPlace place, Entry entry, Optional<Instant> lastProof) {
        try {
            BackupChain chain = chains.of(request.policy().dataClass(), bytes -> {});
            Manifest manifest = chain.manifest(shelf.place(place), entry.id());
            if (manifest.holdsOnly().isPresent()) {
                seen.add(entry.id() + " in " + place.region() + " holds only "
                        + manifest.holdsOnly().get());
                return Optional.empty();
            }
            Instant from =
                    request.policy().ofFiles() ? RecoveryWindow.of(manifest).time() : manifest.began();
            if (request.at().filter(from::isAfter).isPresent()) {
                seen.add(entry.id() + " in " + place.region() + " can go back to " + from + " at the earliest");
                return Optional.empty();
            }
            return Optional.of(new ChosenBackup(
                    entry.id(),
                    place.region(),
                    place.bucket(),
                    manifest.source().getOrDefault("systemIdentifier", ""),
                    from,
                    bytes(chain, place, manifest),
                    lastProof));
        } catch (BackupException untrusted) {
            seen.add(String.valueOf(untrusted.getMessage()));
            return Optional.empty();
        }
    }

    /** With those it is based on. One of them that is missing must be seen by whoever restores, and not be passed over here. */
    private long bytes(BackupChain chain, BucketPlace place, Manifest manifest) {
        try {
            return new BackupLineage(chain, List.of(shelf.place(place))).storedBytes(manifest.id());
        } catch (BackupException missing) {
            return manifest.storedBytes();
        }
    }
}
