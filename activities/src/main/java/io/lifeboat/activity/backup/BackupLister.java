package io.lifeboat.activity.backup;

import io.lifeboat.activity.backup.BackupCatalog.Entry;
import io.lifeboat.runbook.BackupPolicy;
import io.lifeboat.runbook.BucketPlace;
import io.lifeboat.runbook.Datastore;
import io.lifeboat.workflow.backup.BackupActivities.Listing;
import io.lifeboat.workflow.backup.BackupListing;
import io.lifeboat.workflow.backup.BackupListing.Listed;
import io.lifeboat.workflow.backup.BackupListing.Series;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * What the buckets hold of a service, read from their listings alone. All backups are counted, by their folders, of which a call
 * lists a thousand; only what is shown is looked into, and no more is shown than Temporal takes in one payload (2 MB).
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
            PlacesLook look = new PlacesLook(catalog, request.service(), datastore, unreadable);
            Map<BucketPlace, List<String>> ids = look.ids();
            Map<BucketPlace, List<Entry>> entries = look.entries(ids, newest(datastore, ids, limit));
            datastore.backups().forEach(policy -> series.add(series(datastore, policy, ids, entries, limit)));
        }
        return new BackupListing(1, request.service(), clock.instant(), series, unreadable);
    }

    private static int limit(Listing request) {
        int policies = request.datastores().stream()
                .mapToInt(datastore -> datastore.backups().size())
                .sum();
        return Math.min(request.limit(), MOST_ROWS / Math.max(1, policies));
    }

    /** What is to be shown, of all policies together. */
    private static Set<String> newest(Datastore datastore, Map<BucketPlace, List<String>> ids, int limit) {
        Set<String> newest = new TreeSet<>();
        datastore
                .backups()
                .forEach(policy -> of(policy, ids).stream().limit(limit).forEach(newest::add));
        return newest;
    }

    /** A policy's ids in any of its places, newest first. */
    private static Set<String> of(BackupPolicy policy, Map<BucketPlace, List<String>> ids) {
        Set<String> found = new TreeSet<>(Comparator.reverseOrder());
        for (BucketPlace place : policy.places()) {
            ids.getOrDefault(place, List.of()).stream()
                    .filter(id -> BackupId.parse(id)
                            .filter(parsed -> parsed.policy().equals(policy.name()))
                            .isPresent())
                    .forEach(found::add);
        }
        return found;
    }

    private static Series series(
            Datastore datastore,
            BackupPolicy policy,
            Map<BucketPlace, List<String>> ids,
            Map<BucketPlace, List<Entry>> entries,
            int limit) {
        Set<String> all = of(policy, ids);
        TreeMap<String, Map<BucketPlace, Entry>> shown = new TreeMap<>(Comparator.reverseOrder());
        all.stream().limit(limit).forEach(id -> shown.put(id, new LinkedHashMap<>()));
        List<BucketPlace> readable =
                policy.places().stream().filter(entries::containsKey).toList();
        long bytes = 0;
        for (BucketPlace place : readable) {
            for (Entry entry : entries.getOrDefault(place, List.of())) {
                Map<BucketPlace, Entry> found = shown.get(entry.id());
                if (found != null) {
                    found.put(place, entry);
                    bytes += entry.storedBytes();
                }
            }
        }
        return new Series(
                datastore.name(),
                policy.name(),
                policy.method().name().toLowerCase(Locale.ROOT),
                policy.every().toSeconds(),
                all.size(),
                bytes,
                shown.entrySet().stream()
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
