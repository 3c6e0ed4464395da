package io.lifeboat.activity.restore;

import io.lifeboat.activity.backup.BackupCatalog;
import io.lifeboat.activity.backup.BackupCatalog.Entry;
import io.lifeboat.activity.backup.BackupChains;
import io.lifeboat.activity.backup.BackupException;
import io.lifeboat.activity.backup.BackupId;
import io.lifeboat.activity.backup.BackupShelf;
import io.lifeboat.activity.database.postgresql.RecoveryWindow;
import io.lifeboat.activity.manifest.Manifest;
import io.lifeboat.runbook.BackupPolicy;
import io.lifeboat.runbook.BucketPlace;
import io.lifeboat.workflow.FailureType;
import io.lifeboat.workflow.restore.ChosenBackup;
import io.lifeboat.workflow.restore.ReplacementActivities.Choosing;
import io.lifeboat.workflow.restore.RestoreActivities;
import io.lifeboat.workflow.restore.RestorePoint;
import io.temporal.failure.ApplicationFailure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What a datastore of production is restored from, over all of its policies: to a moment, the newest base backup that can go back to
 * it; otherwise the backup that was asked for, or the newest that is proven.
 */
final class RestorePoints {
    private final BackupChains chains;
    private final Choosing request;
    private final List<String> seen = new ArrayList<>();
    private boolean silence;

    RestorePoints(BackupChains chains, Choosing request) {
        this.chains = chains;
        this.request = request;
    }

    RestorePoint choose() {
        return request.at().map(this::leadingTo).orElseGet(this::asItIs);
    }

    /** By the first policy that has a backup for it: the one before it may have kept all of its backups in a lost region. */
    private RestorePoint leadingTo(Instant at) {
        List<BackupPolicy> leading =
                asked().stream().filter(BackupPolicy::toAnyMoment).toList();
        if (leading.isEmpty()) {
            throw FailureType.PRECONDITION_FAILED.failure("Cannot restore \""
                    + request.datastore().name() + "\" of \"" + request.service() + "\" to " + at
                    + ": its runbook has no policy with method `basebackup` and an `archive`, or `pgbackrest`. Leave the moment out to"
                    + " restore the newest proven backup.");
        }
        return leading.stream()
                .flatMap(policy -> leadingTo(policy, at).stream())
                .findFirst()
                .orElseThrow(() -> FailureType.PRECONDITION_FAILED.failure("Cannot restore \""
                        + request.datastore().name() + "\" of \"" + request.service() + "\" to " + at + ": "
                        + (seen.isEmpty() ? "there is no base backup yet" : String.join("; ", seen))
                        + ". Choose a later moment, " + (silence ? "wait for the place that does not answer, " : "")
                        + "or leave the moment out to restore the newest proven backup."));
    }

    private Optional<RestorePoint> leadingTo(BackupPolicy policy, Instant at) {
        BackupChoice choice = new BackupChoice(
                chains,
                new RestoreActivities.Choosing(
                        request.service(), request.datastore(), policy, request.id(), Optional.of(at), 0));
        Optional<RestorePoint> found = choice.find()
                .map(backup -> new RestorePoint(
                        policy, backup, Optional.of(at), backup.reachableFrom(), proven(policy, backup)));
        seen.addAll(choice.seen());
        silence |= choice.metSilence();
        return found;
    }

    private Optional<Instant> proven(BackupPolicy policy, ChosenBackup backup) {
        return policy.places().stream()
                .filter(in -> in.region().equals(backup.region()))
                .flatMap(in -> shelf(policy).list(in).stream())
                .filter(entry -> entry.id().equals(backup.id()))
                .flatMap(entry -> entry.proven().stream())
                .findFirst();
    }

    private RestorePoint asItIs() {
        List<Found> newestFirst = asked().stream()
                .flatMap(policy -> policy.places().stream().flatMap(in -> found(policy, in).stream()))
                .sorted(Comparator.comparing((Found f) -> f.entry().id()).reversed())
                .toList();
        return newestFirst.stream()
                .flatMap(found -> opened(found).stream())
                .findFirst()
                .orElseThrow(this::nothing);
    }

    /** A backup in one of its places; the first place of a policy comes first. */
    private record Found(BackupPolicy policy, BucketPlace in, Entry entry) {}

    private List<Found> found(BackupPolicy policy, BucketPlace in) {
        try {
            return shelf(policy).list(in).stream()
                    .filter(Entry::exists)
                    .filter(entry -> request.id()
                            .map(entry.id()::equals)
                            .orElse(entry.proven().isPresent()))
                    .map(entry -> new Found(policy, in, entry))
                    .toList();
        } catch (ApplicationFailure silent) {
            seen.add(silent.getOriginalMessage());
            return List.of();
        }
    }

    private Optional<RestorePoint> opened(Found found) {
        try {
            Manifest manifest = chains.of(found.policy().dataClass(), bytes -> {})
                    .manifest(
                            shelf(found.policy()).place(found.in()),
                            found.entry().id());
            if (manifest.holdsOnly().isPresent()) {
                return notWhole(manifest.id(), manifest.holdsOnly().get());
            }
            Instant holds =
                    found.policy().ofFiles() ? RecoveryWindow.of(manifest).time() : manifest.began();
            return Optional.of(new RestorePoint(
                    found.policy(),
                    new ChosenBackup(
                            found.entry().id(),
                            found.in().region(),
                            found.in().bucket(),
                            manifest.source().getOrDefault("systemIdentifier", ""),
                            holds,
                            manifest.storedBytes(),
                            found.entry().proven()),
                    Optional.empty(),
                    holds,
                    found.entry().proven()));
        } catch (BackupException untrusted) {
            seen.add(String.valueOf(untrusted.getMessage()));
            return Optional.empty();
        }
    }

    /** In the place of the datastore it would lose whatever it does not hold. One that was named is refused, any other passed over. */
    private Optional<RestorePoint> notWhole(String id, String holds) {
        if (request.id().isPresent()) {
            throw FailureType.PRECONDITION_FAILED.failure("Cannot restore \""
                    + request.datastore().name() + "\" of \""
                    + request.service() + "\" from " + id + ": it holds only " + holds
                    + ", and the rest of the database would be lost. Nothing was touched. Name a whole backup ('lifeboat"
                    + " backups list " + request.service() + "'), or load what this one holds by hand, into a database"
                    + " beside the service's: docs/restore-by-hand.md, step 9.");
        }
        seen.add(id + " holds only " + holds);
        return Optional.empty();
    }

    private ApplicationFailure nothing() {
        String what = request.id().map(id -> "backup " + id + " of it").orElse("proven backup of it");
        return FailureType.PRECONDITION_FAILED.failure("Cannot restore \""
                + request.datastore().name() + "\" of \"" + request.service() + "\": there is no " + what
                + (seen.isEmpty() ? "" : " that can be used (" + String.join("; ", seen) + ")")
                + ". See what there is with 'lifeboat backups list " + request.service() + "'"
                + (request.id().isPresent()
                        ? "."
                        : ", and name one with --id, or a moment with --at; 'lifeboat backups prove' proves one."));
    }

    /** All of them, or the one whose backup was named. */
    private List<BackupPolicy> asked() {
        return request.datastore().backups().stream()
                .filter(policy -> request.id()
                        .flatMap(BackupId::parse)
                        .map(id -> id.policy().equals(policy.name()))
                        .orElse(true))
                .toList();
    }

    private BackupShelf shelf(BackupPolicy policy) {
        return new BackupShelf(
                new BackupCatalog(chains::store),
                request.service(),
                request.datastore().name(),
                policy);
    }
}
