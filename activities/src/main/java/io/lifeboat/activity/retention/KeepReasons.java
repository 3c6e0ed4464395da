package io.lifeboat.activity.retention;

import io.lifeboat.runbook.Keep;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Collects, for each backup of one datastore, every reason to keep it. */
final class KeepReasons {
    private final List<StoredBackup> newestFirst;
    private final List<StoredBackup> reliable;
    private final Chains chains;
    private final Instant now;
    private final Set<String> doubtful = new HashSet<>();
    private final Map<String, List<String>> reasons = new LinkedHashMap<>();

    KeepReasons(List<StoredBackup> newestFirst, Chains chains, Instant now) {
        this.newestFirst = newestFirst;
        this.chains = chains;
        this.now = now;
        for (StoredBackup backup : newestFirst) {
            reasons.put(backup.id(), new ArrayList<>());
            chains.fault(backup).ifPresent(fault -> {
                add(backup, fault);
                doubtful.add(backup.id());
            });
        }
        this.reliable = newestFirst.stream()
                .filter(backup -> !doubtful.contains(backup.id()))
                .toList();
    }

    void addTheNewest() {
        reliable.stream().findFirst().ifPresent(backup -> add(backup, "the newest backup"));
        reliable.stream()
                .filter(backup -> backup.provenAt().isPresent())
                .findFirst()
                .ifPresent(backup -> add(backup, "the newest proven backup"));
    }

    void addRules(Keep keep) {
        for (Cadence cadence : Cadence.values()) {
            addRule(cadence, cadence.periodsKept(keep));
        }
    }

    /** Terms are the backup's own, so they protect one in doubt as well. */
    void addTerms() {
        for (StoredBackup backup : newestFirst) {
            addTerm(backup, "to be retained until", Optional.of(backup.retainUntil()));
            addTerm(backup, "locked until", backup.lockedUntil());
            addTerm(backup, "on compliance hold until", backup.heldUntil());
        }
    }

    /** Comes last: everything that is kept so far keeps what it needs, and that what it needs in turn. */
    void addNeeded() {
        Map<String, List<StoredBackup>> dependents = new LinkedHashMap<>();
        Deque<StoredBackup> open =
                new ArrayDeque<>(newestFirst.stream().filter(this::isKept).toList());
        while (!open.isEmpty()) {
            StoredBackup backup = open.remove();
            chains.needs(backup).ifPresent(base -> {
                List<StoredBackup> known = dependents.computeIfAbsent(base.id(), id -> new ArrayList<>());
                if (known.isEmpty() && !isKept(base)) {
                    open.add(base);
                }
                known.add(backup);
            });
        }
        dependents.forEach((id, known) -> reasonsOf(id).add(needed(known)));
    }

    Decision decide(StoredBackup backup) {
        if (doubtful.contains(backup.id())) {
            return new Decision(backup, Verdict.EXAMINE, reasonsOf(backup.id()));
        }
        if (isKept(backup)) {
            return new Decision(backup, Verdict.KEEP, reasonsOf(backup.id()));
        }
        String ended = "was to be retained until " + backup.retainUntil();
        return new Decision(backup, Verdict.REMOVE, List.of("no rule keeps it", ended));
    }

    private void addRule(Cadence cadence, int count) {
        Set<String> periods = new LinkedHashSet<>();
        for (StoredBackup backup : reliable) {
            String period = cadence.periodOf(backup.takenAt());
            if (periods.size() < count && periods.add(period)) {
                add(backup, "the newest of %s (%s %d of %d)".formatted(period, cadence.word(), periods.size(), count));
            }
        }
    }

    private void addTerm(StoredBackup backup, String words, Optional<Instant> until) {
        until.filter(now::isBefore).ifPresent(instant -> add(backup, words + " " + instant));
    }

    private String needed(List<StoredBackup> dependents) {
        List<StoredBackup> sorted =
                dependents.stream().sorted(StoredBackup.NEWEST_FIRST).toList();
        boolean guess = sorted.stream().allMatch(chains::isGuess);
        int others = sorted.size() - 1;
        return (guess ? "perhaps needed by " : "needed by ")
                + sorted.getFirst().id()
                + (others == 0 ? "" : others == 1 ? " and 1 other" : " and %d others".formatted(others));
    }

    private boolean isKept(StoredBackup backup) {
        return !reasonsOf(backup.id()).isEmpty();
    }

    private void add(StoredBackup backup, String reason) {
        reasonsOf(backup.id()).add(reason);
    }

    private List<String> reasonsOf(String id) {
        return reasons.computeIfAbsent(id, unknown -> new ArrayList<>());
    }
}
