package io.lifeboat.lab.fault;

import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Everything that a procedure leaves in the lab.
 *
 * @param objects keys in the buckets, by what they are; retention removes what has become too old
 * @param counts how many there are of what each run only adds to
 * @param standing what each run must leave as it was
 */
record Footprint(
        SortedMap<String, SortedSet<String>> objects,
        SortedMap<String, Long> counts,
        SortedMap<String, String> standing) {
    /** How much has come since; nothing is said of what nothing has come to. */
    SortedMap<String, Long> since(Footprint before) {
        SortedMap<String, Long> come = new TreeMap<>();
        counts.forEach((what, count) -> come.put(what, count - before.counts.getOrDefault(what, 0L)));
        objects.forEach((what, keys) -> {
            SortedSet<String> added = new TreeSet<>(keys);
            added.removeAll(before.objects.getOrDefault(what, new TreeSet<>()));
            come.put(what, (long) added.size());
        });
        come.values().removeIf(count -> count == 0);
        return come;
    }
}
