package io.lifeboat.activity.metric;

import io.lifeboat.activity.backup.BackupId;
import io.lifeboat.activity.metric.Listing.Folder;
import io.lifeboat.activity.metric.PolicyFigures.Holding;
import io.lifeboat.runbook.BackupPolicy;
import io.lifeboat.runbook.Datastore;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** One policy, and the watches over its places, the first place before its copies. */
record PolicyWatch(String service, Datastore datastore, BackupPolicy policy, List<PlaceWatch> places) {
    /** A copy is made after the backup; until then it is not missing. */
    static final Duration TIME_TO_COPY = Duration.ofHours(1);

    /** A proof that claims to be from later than this comes from a clock that nobody should believe. */
    private static final Duration TOLERATED_SKEW = Duration.ofHours(1);

    PolicyFigures figures(Instant now) {
        List<Folder> backups = backups(now);
        Optional<Folder> newest = backups.stream().max(Comparator.comparing(Folder::taken));
        return new PolicyFigures(
                service,
                datastore.name(),
                policy.name(),
                (datastore.kind() + "-" + policy.method()).toLowerCase(Locale.ROOT),
                policy.every(),
                policy.whole(),
                isKnown(now)
                        ? Optional.of(
                                newest.filter(backup -> isFresh(backup, now)).isPresent())
                        : Optional.empty(),
                newest.map(Folder::taken),
                // An incremental one says nothing about the size of the next, and which is one stands in its manifest.
                newest.filter(backup -> policy.increments().isEmpty()
                                && policy.pgbackrest().isEmpty())
                        .map(backup -> backup.entry().storedBytes()),
                backups.stream()
                        .flatMap(backup -> backup.entry().proven().stream())
                        .filter(proof -> proof.isBefore(now.plus(TOLERATED_SKEW)))
                        .max(Comparator.naturalOrder()),
                places.stream().flatMap(place -> holding(place, now).stream()).toList());
    }

    /** Whether every place was asked and at least one answered. Before that, a place not yet asked may hold the newest backup. */
    private boolean isKnown(Instant now) {
        return places.stream().noneMatch(place -> place.isUndecided(now))
                && places.stream().anyMatch(place -> place.listing(now).isPresent());
    }

    private boolean isFresh(Folder backup, Instant now) {
        return !now.isAfter(backup.taken().plus(policy.every().multipliedBy(2)));
    }

    /** Every backup in every place that can be read. */
    private List<Folder> backups(Instant now) {
        if (!isKnown(now)) {
            return List.of();
        }
        return places.stream()
                .flatMap(place -> folders(place, now).stream())
                .flatMap(List::stream)
                .filter(Folder::isBackup)
                .toList();
    }

    private Optional<Holding> holding(PlaceWatch place, Instant now) {
        return folders(place, now).map(folders -> {
            List<Folder> unfinished =
                    folders.stream().filter(folder -> !folder.isBackup()).toList();
            return new Holding(
                    place.region(),
                    place.bucket(),
                    folders.size() - unfinished.size(),
                    folders.stream()
                            .mapToLong(folder -> folder.entry().storedBytes())
                            .sum(),
                    unfinished.size(),
                    unfinished.stream()
                            .map(folder -> folder.entry().lastWritten())
                            .min(Comparator.naturalOrder()),
                    place.equals(places.getFirst()) ? Optional.empty() : missing(folders, now));
        });
    }

    private Optional<Long> missing(List<Folder> copies, Instant now) {
        Set<BackupId> copied =
                copies.stream().filter(Folder::isBackup).map(Folder::id).collect(Collectors.toSet());
        Instant copiedByNow = now.minus(TIME_TO_COPY);
        return folders(places.getFirst(), now)
                .map(originals -> originals.stream()
                        .filter(original -> original.entry()
                                .committed()
                                .filter(copiedByNow::isAfter)
                                .isPresent())
                        .filter(original -> !copied.contains(original.id()))
                        .count());
    }

    private Optional<List<Folder>> folders(PlaceWatch place, Instant now) {
        return place.listing(now).map(listing -> listing.of(policy.name()));
    }
}
