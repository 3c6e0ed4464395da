package io.lifeboat.starter;

import io.lifeboat.runbook.CronExpression;
import io.lifeboat.runbook.CronField;
import io.lifeboat.runbook.DurationText;
import io.lifeboat.workflow.TaskQueues;
import io.temporal.client.schedules.Schedule;
import io.temporal.client.schedules.ScheduleActionStartWorkflow;
import io.temporal.client.schedules.ScheduleCalendarSpec;
import io.temporal.client.schedules.SchedulePolicy;
import io.temporal.client.schedules.ScheduleRange;
import io.temporal.client.schedules.ScheduleSpec;
import io.temporal.common.converter.EncodedValues;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/** In what a schedule in Temporal is not as its runbook says, whoever changed which of them. */
final class ScheduleDifferences {
    private final ScheduleDefinition wanted;
    private final List<Difference> found = new ArrayList<>();

    /** One thing that differs, in words of the runbook. */
    record Difference(String what, String from, String to) {
        @Override
        public String toString() {
            return what + " " + from + " -> " + to;
        }
    }

    private ScheduleDifferences(ScheduleDefinition wanted) {
        this.wanted = wanted;
    }

    static List<Difference> between(Schedule seen, ScheduleDefinition wanted) {
        ScheduleDifferences differences = new ScheduleDifferences(wanted);
        differences.times(seen.getSpec());
        differences.policy(Objects.requireNonNull(seen.getPolicy(), "a described schedule has a policy"));
        differences.paused(seen);
        if (seen.getAction() instanceof ScheduleActionStartWorkflow action) {
            differences.action(action);
        } else {
            differences.add("action", "unknown", "start a workflow");
        }
        return List.copyOf(differences.found);
    }

    private void times(ScheduleSpec spec) {
        CronExpression cron = wanted.schedule().cron();
        if (!isOnly(spec, cron)) {
            add("cron", cronOf(spec), cron.toString());
        }
        compare("timeZone", spec.getTimeZoneName(), wanted.schedule().timeZone().getId());
        compare("jitter", text(spec.getJitter()), text(wanted.jitter()));
    }

    /** The server turns a cron expression into a calendar, so that only what is meant can be compared. */
    private static boolean isOnly(ScheduleSpec spec, CronExpression cron) {
        if (spec.getCalendars().size() != 1
                || !isEmpty(spec.getIntervals())
                || !isEmpty(spec.getCronExpressions())
                || !isEmpty(spec.getSkip())
                || spec.getStartAt() != null
                || spec.getEndAt() != null) {
            return false;
        }
        ScheduleCalendarSpec calendar = spec.getCalendars().getFirst();
        return isEmpty(calendar.getYear())
                && values(calendar.getSeconds()).equals(Set.of(0))
                && values(calendar.getMinutes()).equals(cron.values(CronField.MINUTE))
                && values(calendar.getHour()).equals(cron.values(CronField.HOUR))
                && values(calendar.getDayOfMonth()).equals(cron.values(CronField.DAY_OF_MONTH))
                && values(calendar.getMonth()).equals(cron.values(CronField.MONTH))
                && values(calendar.getDayOfWeek()).equals(cron.values(CronField.DAY_OF_WEEK));
    }

    private static boolean isEmpty(List<?> list) {
        return list == null || list.isEmpty();
    }

    private static Set<Integer> values(List<ScheduleRange> ranges) {
        Set<Integer> values = new TreeSet<>();
        for (ScheduleRange range : ranges) {
            int step = Math.max(1, range.getStep());
            for (int v = range.getStart(); v <= Math.max(range.getStart(), range.getEnd()); v += step) {
                values.add(v);
            }
        }
        return values;
    }

    /** As it was written, where it was written by Lifeboat. */
    static String cronOf(ScheduleSpec spec) {
        return spec.getCalendars().stream()
                .map(ScheduleCalendarSpec::getComment)
                .filter(comment -> comment != null && !comment.isBlank())
                .findFirst()
                .orElse("other times");
    }

    private void policy(SchedulePolicy policy) {
        compare(
                "catchUp",
                text(policy.getCatchupWindow()),
                text(wanted.schedule().catchUpWindow()));
        compare("overlap", policy.getOverlap().name(), ScheduleDefinition.OVERLAP.name());
        compare("pauseOnFailure", Boolean.toString(policy.isPauseOnFailure()), "false");
    }

    private void paused(Schedule seen) {
        if (SchedulePause.of(seen).contradicts(wanted.isPaused())) {
            add("paused", Boolean.toString(!wanted.isPaused()), Boolean.toString(wanted.isPaused()));
        }
    }

    private void action(ScheduleActionStartWorkflow action) {
        compare("procedure", action.getWorkflowType(), wanted.procedure());
        compare("workflowId", String.valueOf(action.getOptions().getWorkflowId()), wanted.workflowId());
        compare("taskQueue", String.valueOf(action.getOptions().getTaskQueue()), TaskQueues.CONTROL);
        compare("input", inputOf(action), wanted.input().toString());
        if (found.isEmpty()) {
            compare("definition", hashOf(action), wanted.hash());
        }
    }

    private static String inputOf(ScheduleActionStartWorkflow action) {
        EncodedValues input = action.getArguments();
        return input == null || input.getSize() != 1 ? "another" : String.valueOf(input.get(0, Map.class));
    }

    private static String hashOf(ScheduleActionStartWorkflow action) {
        Map<String, Object> memo = action.getOptions().getMemo();
        Object hash = memo == null ? null : memo.get(ScheduleDefinition.HASH);
        return hash instanceof EncodedValues encoded ? encoded.get(0, String.class) : String.valueOf(hash);
    }

    private void compare(String what, String seen, String expected) {
        if (!seen.equals(expected)) {
            add(what, seen, expected);
        }
    }

    private void add(String what, String from, String to) {
        found.add(new Difference(what, from, to));
    }

    private static String text(Duration duration) {
        return DurationText.of(duration == null ? Duration.ZERO : duration);
    }
}
