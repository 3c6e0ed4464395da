package io.lifeboat.workflow.backup;

import io.lifeboat.workflow.Fact;
import io.lifeboat.workflow.Receipt;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What retention decided for one policy's backups in one place.
 *
 * @param planOnly whether nothing was removed
 * @param decisions one for each backup, newest first
 * @param unfinished ids of half-written backups that are cleared away
 * @param endedUploads keys of uploads that nobody would ever complete
 * @param untiered why what gets older is not stored in a cheaper way, though the policy says so; absent when all is well
 */
public record RetentionReceipt(
        String datastore,
        String policy,
        String region,
        String bucket,
        boolean planOnly,
        List<Decided> decisions,
        List<String> unfinished,
        List<String> endedUploads,
        Optional<String> untiered)
        implements Receipt {

    /** What becomes of a backup. */
    public enum Fate {
        KEEP,
        /** Kept, but its manifest cannot be trusted: a person has to look. */
        EXAMINE,
        REMOVE
    }

    /** @param reasons every one that holds, in words */
    public record Decided(String id, Fate fate, long storedBytes, List<String> reasons) {
        public Decided {
            reasons = List.copyOf(reasons);
        }
    }

    public RetentionReceipt {
        decisions = List.copyOf(decisions);
        unfinished = List.copyOf(unfinished);
        endedUploads = List.copyOf(endedUploads);
    }

    public long count(Fate fate) {
        return decisions.stream().filter(d -> d.fate() == fate).count();
    }

    @Override
    public String sentence() {
        List<String> parts = new ArrayList<>();
        parts.add(count(Fate.KEEP) + " kept");
        parts.add(count(Fate.REMOVE) + (planOnly ? " to be removed" : " removed"));
        if (count(Fate.EXAMINE) > 0) {
            parts.add(count(Fate.EXAMINE) + " to be looked at by a person");
        }
        if (!unfinished.isEmpty()) {
            parts.add(unfinished.size() + " half-written " + (planOnly ? "to be cleared away" : "cleared away"));
        }
        return policy + " backups of " + datastore + " in " + region + ": " + String.join(", ", parts) + "."
                + untiered.map(why -> " It stays in one storage tier: " + why).orElse("");
    }

    @Override
    public List<Fact> facts() {
        return decisions.stream()
                .filter(d -> d.fate() != Fate.KEEP)
                .map(d -> new Fact(d.id() + " " + d.fate(), String.join("; ", d.reasons())))
                .toList();
    }
}
