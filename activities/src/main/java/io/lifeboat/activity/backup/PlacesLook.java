package io.lifeboat.activity.backup;

import io.lifeboat.activity.backup.BackupCatalog.Entry;
import io.lifeboat.runbook.BucketPlace;
import io.lifeboat.runbook.Datastore;
import io.lifeboat.workflow.FailureType;
import io.temporal.failure.ApplicationFailure;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/** Looks into all places of a datastore at once. A place that cannot be read has no entry, and a sentence among the unreadable. */
final class PlacesLook {
    /** Up to so many folders that nobody asked for are listed along rather than asked around: they fit into one page. */
    private static final int GAP = 100;

    private final BackupCatalog catalog;
    private final String service;
    private final Datastore datastore;
    private final List<String> unreadable;

    /** @param unreadable is added to */
    PlacesLook(BackupCatalog catalog, String service, Datastore datastore, List<String> unreadable) {
        this.catalog = catalog;
        this.service = service;
        this.datastore = datastore;
        this.unreadable = unreadable;
    }

    /** The folders of each place, oldest first; each place once, however many policies write there. */
    Map<BucketPlace, List<String>> ids() {
        List<BucketPlace> places = datastore.backups().stream()
                .flatMap(policy -> policy.places().stream())
                .distinct()
                .toList();
        return inEach(places, in -> catalog.ids(place(in)));
    }

    /** What those folders hold that are wanted. */
    Map<BucketPlace, List<Entry>> entries(Map<BucketPlace, List<String>> ids, Set<String> wanted) {
        return inEach(ids.keySet(), in -> {
            List<Entry> entries = new ArrayList<>();
            for (Span span : spans(ids.getOrDefault(in, List.of()), wanted)) {
                entries.addAll(catalog.list(place(in), span.first(), span.last()));
            }
            return entries;
        });
    }

    private BackupPlace place(BucketPlace in) {
        return new BackupPlace(in.region(), in.bucket(), service, datastore.name());
    }

    /** Neighbours that are listed by one call, or by several pages of it. */
    private record Span(String first, String last) {}

    private static List<Span> spans(List<String> ids, Set<String> wanted) {
        List<Span> spans = new ArrayList<>();
        int last = -1;
        for (int i = 0; i < ids.size(); i++) {
            if (wanted.contains(ids.get(i))) {
                boolean near = last >= 0 && i - last <= GAP;
                String first = near ? spans.removeLast().first() : ids.get(i);
                spans.add(new Span(first, ids.get(i)));
                last = i;
            }
        }
        return spans;
    }

    private <T> Map<BucketPlace, T> inEach(Collection<BucketPlace> places, Function<BucketPlace, T> look) {
        Map<BucketPlace, Future<T>> looks = new LinkedHashMap<>();
        Map<BucketPlace, T> seen = new LinkedHashMap<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            places.forEach(place -> looks.put(place, threads.submit(() -> look.apply(place))));
            for (Map.Entry<BucketPlace, Future<T>> each : looks.entrySet()) {
                try {
                    seen.put(each.getKey(), each.getValue().get());
                } catch (ExecutionException e) {
                    unreadable.add(sentence(e));
                }
            }
            return seen;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw FailureType.UNAVAILABLE.failure("Interrupted while the backups of " + service + "/" + datastore.name()
                    + " were listed. Ask again.");
        }
    }

    private static String sentence(ExecutionException e) {
        return switch (e.getCause()) {
            case ApplicationFailure failure -> failure.getOriginalMessage();
            case RuntimeException bug -> throw bug;
            case null, default -> throw new IllegalStateException(e);
        };
    }
}
