package io.lifeboat.workflow.restore;

import io.lifeboat.workflow.Fact;
import io.lifeboat.workflow.Receipt;
import io.lifeboat.workflow.run.Steps;
import io.temporal.failure.ActivityFailure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A backup that could be restored now, and what it is of.
 *
 * @param without what the policies said of which no backup can be restored; one of them may need somebody
 */
record RestoreCandidate(RestoreSubject subject, ChosenBackup backup, List<String> without) implements Receipt {

    /** Of every subject that has a backup, so that one that has none is not in the others' way; its failure where none has. */
    static List<RestoreCandidate> of(List<RestoreSubject> subjects, Function<RestoreSubject, ChosenBackup> choose) {
        List<RestoreCandidate> candidates = new ArrayList<>();
        List<ActivityFailure> failures = new ArrayList<>();
        List<String> without = new ArrayList<>();
        for (RestoreSubject subject : subjects) {
            try {
                candidates.add(new RestoreCandidate(subject, choose.apply(subject), List.of()));
            } catch (ActivityFailure none) {
                failures.add(none);
                without.add(subject.policy().name() + ": " + Steps.sentence(none));
            }
        }
        if (candidates.isEmpty()) {
            throw failures.getFirst();
        }
        return candidates.stream()
                .map(candidate -> new RestoreCandidate(candidate.subject(), candidate.backup(), List.copyOf(without)))
                .toList();
    }

    /** Those of the datastore that has the smallest backup. */
    static List<RestoreCandidate> ofTheSmallestDatastore(List<RestoreCandidate> candidates) {
        String smallest = candidates.stream()
                .min(Comparator.comparingLong(candidate -> candidate.backup().storedBytes()))
                .map(RestoreCandidate::datastore)
                .orElseThrow();
        return candidates.stream()
                .filter(candidate -> candidate.datastore().equals(smallest))
                .toList();
    }

    /** Of the policies the one that no backup was proven of for the longest time: each of them has its turn. */
    static RestoreCandidate longestUnproven(List<RestoreCandidate> candidates) {
        return candidates.stream()
                .min(Comparator.comparing(
                        candidate -> candidate.backup().lastProof().orElse(Instant.MIN)))
                .orElseThrow();
    }

    private String datastore() {
        return subject.datastore().name();
    }

    @Override
    public String sentence() {
        String when = subject.policy().toAnyMoment() ? "can go back to any moment from " : "holds the state of ";
        return datastore() + ": " + backup.id() + " in " + backup.region() + " " + when + backup.reachableFrom()
                + (subject.policy().toAnyMoment() ? " on." : ".")
                + without.stream().map(said -> " No backup of " + said).collect(Collectors.joining());
    }

    @Override
    public List<Fact> facts() {
        List<Fact> facts = new ArrayList<>(backup.facts());
        backup.lastProof().ifPresent(at -> facts.add(new Fact("proven last", at.toString())));
        return facts;
    }
}
