package io.lifeboat.starter;

import io.lifeboat.starter.ScheduleChange.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A plan, for programs.
 *
 * @param applied whether it was carried out
 */
record SchedulePlanOutput(int schemaVersion, boolean applied, List<ScheduleChange> changes) {
    static void json(Console console, SchedulePlan plan, boolean applied) {
        Json.print(console, new SchedulePlanOutput(1, applied, plan.changes()));
    }

    static void text(Console console, SchedulePlan plan) {
        int width = plan.changes().stream().mapToInt(c -> c.id().length()).max().orElse(0);
        plan.changes()
                .forEach(change -> console.out()
                        .println(String.format(
                                        Locale.ROOT,
                                        "%-10s %-" + Math.max(1, width) + "s  %s",
                                        change.word(),
                                        change.id(),
                                        change.detail())
                                .stripTrailing()));
        console.out().flush();
    }

    /** As in {@code 1 to create, 2 unchanged}. */
    static String counts(SchedulePlan plan) {
        List<String> parts = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            int count = plan.of(kind).size();
            if (count > 0) {
                parts.add(count
                        + switch (kind) {
                            case CREATE -> " to create";
                            case UPDATE -> " to update";
                            case REMOVE -> " to remove";
                            case CONFLICT -> " not Lifeboat's";
                            case UNCHANGED -> " unchanged";
                        });
            }
        }
        return parts.isEmpty() ? "The runbooks have no schedules." : String.join(", ", parts) + ".";
    }
}
