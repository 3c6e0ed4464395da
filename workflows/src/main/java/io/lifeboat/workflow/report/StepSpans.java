package io.lifeboat.workflow.report;

import io.lifeboat.workflow.report.StepReport.ActivityReport;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a step's time was made of.
 *
 * @param waits stretches spent waiting for a person
 * @param critical activities that decided how long the step took; the others ran beside them
 */
record StepSpans(double start, double end, List<Span> waits, Set<ActivityReport> critical) {

    /** A stretch of time, in seconds from the start of the run. */
    record Span(double from, double to) {
        double seconds() {
            return to - from;
        }
    }

    /** @param start seconds from the start of the run */
    static StepSpans of(StepReport step, double start) {
        double end = start + Math.max(0, step.seconds());
        return new StepSpans(start, end, waits(step, start, end), critical(step.activities()));
    }

    /** A report knows how long people took, not when: it was where no activity ran, the longest gaps first. */
    private static List<Span> waits(StepReport step, double start, double end) {
        double left = Math.min(step.humanSeconds(), end - start);
        List<Span> waits = new ArrayList<>();
        List<Span> gaps = new ArrayList<>(gaps(step.activities(), start, end));
        gaps.sort(Comparator.comparingDouble(Span::seconds).reversed().thenComparingDouble(Span::from));
        for (Span gap : gaps) {
            if (left <= 0) {
                break;
            }
            double taken = Math.min(left, gap.seconds());
            waits.add(new Span(gap.from(), gap.from() + taken));
            left -= taken;
        }
        return List.copyOf(waits);
    }

    private static List<Span> gaps(List<ActivityReport> activities, double start, double end) {
        List<ActivityReport> byStart = activities.stream()
                .sorted(Comparator.comparingDouble(ActivityReport::offsetSeconds))
                .toList();
        List<Span> gaps = new ArrayList<>();
        double reached = start;
        for (ActivityReport activity : byStart) {
            if (activity.offsetSeconds() > reached) {
                gaps.add(new Span(reached, Math.min(end, activity.offsetSeconds())));
            }
            reached = Math.max(reached, endOf(activity));
        }
        if (end > reached) {
            gaps.add(new Span(reached, end));
        }
        return gaps;
    }

    /** Backwards from the activity that ended last: whichever ended last before it began let it begin. */
    private static Set<ActivityReport> critical(List<ActivityReport> activities) {
        Set<ActivityReport> critical = new HashSet<>();
        double before = Double.POSITIVE_INFINITY;
        while (true) {
            double limit = before;
            ActivityReport last = activities.stream()
                    .filter(a -> !critical.contains(a) && endOf(a) <= limit + 0.000_5)
                    .max(Comparator.comparingDouble(StepSpans::endOf))
                    .orElse(null);
            if (last == null) {
                return critical;
            }
            critical.add(last);
            before = last.offsetSeconds();
        }
    }

    private static double endOf(ActivityReport activity) {
        return activity.offsetSeconds() + activity.seconds();
    }
}
