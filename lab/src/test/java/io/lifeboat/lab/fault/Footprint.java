package io.lifeboat.lab.fault;

import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Everything that a procedure leaves in the lab.
 *
 * @param counts how many there are of what each run adds to
 * @param standing what each run must leave as it was
 */
record Footprint(SortedMap<String, Long> counts, SortedMap<String, String> standing) {
    /** What has come since; nothing is said of what has not changed. */
    Footprint since(Footprint before) {
        SortedMap<String, Long> added = new TreeMap<>();
        counts.forEach((what, count) -> {
            long more = count - before.counts.getOrDefault(what, 0L);
            if (more != 0) {
                added.put(what, more);
            }
        });
        return new Footprint(added, standing);
    }
}
