package io.lifeboat.activity.backup;

import io.lifeboat.activity.backup.BackupCatalog.Entry;
import io.lifeboat.runbook.BackupPolicy;
import io.lifeboat.runbook.BucketPlace;
import io.lifeboat.runbook.Datastore;
import io.lifeboat.workflow.backup.BackupActivities.Listing;
import io.lifeboat.workflow.backup.BackupListing;
import io.lifeboat.workflow.backup.BackupListing.Listed;
import io.lifeboat.workflow.backup.BackupListing.Series;
import io.temporal.failure.ApplicationFailure;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * What the buckets hold of a service, read from their listings alone: ten thousand backups cost some dozens of calls. All of them are
 * counted; no more are listed than Temporal takes in one payload (2 MB).
 */
final class BackupLister {
    /** A row of three regions has about 350 bytes of JSON. */
    static final int MOST_ROWS = 4_000;

    private final BackupCatalog catalog;
    private final Clock clock;

    BackupLister(BackupCatalog catalog, Clock clock) {
        this.catalog = catalog;
        this.clock = clock;
    }

    BackupListing list(Listing request) {
        List<Series> series = new ArrayList<>();
        List<String> unreadable = new ArrayList<>();
        int limit = limit(request);
        for (Datastore datastore : request.datastores()) {
            Map<BucketPlace, List<Entry>> places = read(request.service(), datastore, unreadable);
            datastore.backups().forEach(policy -> series.add(series(datastore, policy, places, limit)));
        }
        return new BackupListing(1, request.service(), clock.instant(), series, unreadable);
    }

    private static int limit(Listing request) {
        int policies = request.datastores().stream()
                .mapToInt(datastore -> datastore.backups().size())
                .sum();
        return Math.min(request.limit(), MOST_ROWS / Math.max(1, policies));
    }

    /** Each place once, however many policies write there; a place that cannot be read has no entry. */
    private Map<BucketPlace, List<Entry>> read(String service, Datastore datastore, List<String> unreadable) {
        Map<BucketPlace, List<Entry>> places = new LinkedHashMap<>();
        datastore.backups().stream()
                .flatMap(p -> p.places().stream())
                .distinct()
                .forEach(place -> {
                    try {
                        places.put(
                                place,
                                catalog.list(
                                        new BackupPlace(place.region(), place.bucket(), service, datastore.name())));
                    } catch (ApplicationFailure failure) {
                        unreadable.add(failure.getOriginalMessage());
                    }
                });
        return places;
    }

    private static Series series(
            Datastore datastore, BackupPolicy policy, Map<BucketPlace, List<Entry>> places, int limit) {
        TreeMap<String, Map<BucketPlace, Entry>> byId = new TreeMap<>(Comparator.reverseOrder());
        long bytes = 0;
        for (BucketPlace place : policy.places()) {
            for (Entry entry : places.getOrDefault(place, List.of())) {
                if (BackupId.parse(entry.id())
                        .filter(id -> id.policy().equals(policy.name()))
                        .isPresent()) {
                    byId.computeIfAbsent(entry.id(), id -> new LinkedHashMap<>())
                            .put(place, entry);
                    bytes += entry.storedBytes();
                }
            }
        }
        List<BucketPlace> readable =
                policy.places().stream().filter(places::containsKey).toList();
        return new Series(
                datastore.name(),
                policy.name(),
                policy.method().name().toLowerCase(Locale.ROOT),
                policy.every().toSeconds(),
                byId.size(),
                bytes,
                byId.entrySet().stream()
                        .limit(limit)
                        .map(e -> listed(e.getKey(), e.getValue(), readable))
                        .toList());
    }

    private static Listed listed(String id, Map<BucketPlace, Entry> found, List<BucketPlace> readable) {
        return new Listed(
                id,
                BackupId.parse(id).map(BackupId::slot).orElse(Instant.EPOCH),
                found.values().stream().mapToLong(Entry::storedBytes).max().orElse(0),
                regions(
                        readable,
                        place -> found.containsKey(place) && found.get(place).exists()),
                regions(readable, place -> !found.containsKey(place)),
                regions(
                        readable,
                        place -> found.containsKey(place) && !found.get(place).exists()),
                found.values().stream()
                        .map(Entry::proven)
                        .flatMap(Optional::stream)
                        .max(Comparator.naturalOrder()));
    }

    private static List<String> regions(List<BucketPlace> places, Predicate<BucketPlace> which) {
        return places.stream().filter(which).map(BucketPlace::region).toList();
    }
}
