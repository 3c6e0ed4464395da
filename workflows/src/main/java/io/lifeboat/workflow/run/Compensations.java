package io.lifeboat.workflow.run;

import io.lifeboat.workflow.report.RunReport.CompensationReport;
import io.temporal.failure.TemporalFailure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What has to be undone when a run is rolled back. Runs all of it, newest first, each with its own outcome. Must be
 * called in a detached scope, because a cancelled one runs nothing. Temporal's own Saga stops at the first failure or swallows it.
 */
public final class Compensations {
    private final Map<String, Supplier<String>> undo = new LinkedHashMap<>();

    /** Registers before the effect it undoes; a second registration of a name changes nothing. */
    public void register(String name, Supplier<String> compensation) {
        undo.putIfAbsent(name, compensation);
    }

    public boolean isEmpty() {
        return undo.isEmpty();
    }

    /** Undoes everything, once. */
    public List<CompensationReport> run() {
        List<Map.Entry<String, Supplier<String>>> newestFirst = new ArrayList<>(undo.entrySet()).reversed();
        List<CompensationReport> outcomes = new ArrayList<>();
        newestFirst.forEach(entry -> outcomes.add(attempt(entry)));
        undo.clear();
        return List.copyOf(outcomes);
    }

    private static CompensationReport attempt(Map.Entry<String, Supplier<String>> entry) {
        try {
            return new CompensationReport(entry.getKey(), true, entry.getValue().get());
        } catch (TemporalFailure failure) {
            return new CompensationReport(entry.getKey(), false, Steps.sentence(failure));
        }
    }
}
