package io.lifeboat.starter;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.lifeboat.starter.ScheduleDifferences.Difference;
import java.util.List;
import java.util.Locale;

/**
 * What is to be done about one schedule.
 *
 * @param times when it fires, as the runbook says; empty where the runbook says nothing of it
 */
record ScheduleChange(String id, String service, Kind kind, String times, List<Difference> differences) {
    /** The kinds of change. */
    enum Kind {
        @JsonProperty("create")
        CREATE,
        @JsonProperty("update")
        UPDATE,
        @JsonProperty("remove")
        REMOVE,
        /** A schedule of this name exists, made by somebody else: it is left alone. */
        @JsonProperty("conflict")
        CONFLICT,
        @JsonProperty("unchanged")
        UNCHANGED
    }

    ScheduleChange {
        differences = List.copyOf(differences);
    }

    String word() {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    /** What a person has to know of it beside its name. */
    String detail() {
        return switch (kind) {
            case CREATE, UNCHANGED -> times;
            case UPDATE ->
                String.join(", ", differences.stream().map(Difference::toString).toList());
            case REMOVE -> "no longer in the runbook";
            case CONFLICT -> "exists, but was not made by Lifeboat: it is left alone";
        };
    }
}
