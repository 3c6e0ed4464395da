package io.lifeboat.workflow.report;

import java.util.ArrayList;
import java.util.List;

/**
 * Seconds laid out on a width of 100.
 *
 * @param from seconds at 0, never after the start of the run
 * @param to seconds at 100
 */
record TimeAxis(double from, double to) {
    private static final double[] STEPS = {
        0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 900, 1800, 3600,
        7200, 14_400, 28_800, 86_400
    };
    private static final int MOST_INTERVALS = 6;

    TimeAxis {
        if (!(to > from)) {
            throw new IllegalArgumentException("an axis from " + from + " to " + to + " has no length");
        }
    }

    /** Where a moment lies, within 0 and 100. */
    double at(double seconds) {
        return Math.clamp(100 * (seconds - from) / (to - from), 0, 100);
    }

    /** Round moments, few enough to be read on a telephone. */
    List<Double> ticks() {
        double step = step();
        List<Double> ticks = new ArrayList<>();
        for (long i = (long) Math.ceil(from / step); i * step <= to; i++) {
            ticks.add(i * step);
        }
        return ticks;
    }

    String label(double tick) {
        double size = Math.abs(tick);
        String sign = tick < 0 ? "−" : "";
        double step = step();
        if (step >= 3600) {
            return sign + Math.round(size / 3600) + " h";
        }
        if (step >= 60) {
            return sign + Math.round(size / 60) + " min";
        }
        if (step >= 1) {
            return sign + Math.round(size) + " s";
        }
        return step >= 0.1 ? sign + Seconds.decimal("%.1f", size) + " s" : sign + Math.round(size * 1000) + " ms";
    }

    private double step() {
        for (double step : STEPS) {
            if ((to - from) / step <= MOST_INTERVALS) {
                return step;
            }
        }
        return Math.ceil((to - from) / MOST_INTERVALS / 86_400) * 86_400;
    }
}
