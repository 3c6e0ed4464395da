package io.lifeboat.workflow.report;

import io.lifeboat.workflow.client.ClientRecord;
import io.lifeboat.workflow.report.StepReport.ActivityReport;
import io.lifeboat.workflow.run.StepState;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The run, drawn on a time axis. Places are percentages and heights pixels, so that the drawing takes the width of a telephone
 * or of a sheet of paper while its letters keep their size.
 */
final class TimelineSvg {
    private static final int TOP = 30;
    private static final int BAR = 10;
    private static final int LANE = 6;
    private static final int LONGEST_NAME = 30;

    private final RunReport report;
    private final List<Drawn> steps;
    private final Optional<StepSpans.Span> outage;
    private final TimeAxis axis;
    private final Html svg = new Html();

    private record Drawn(StepReport step, Optional<StepSpans> spans, int y, int height) {
        List<ActivityReport> lanes() {
            return step.activities().size() > 1 ? step.activities() : List.of();
        }

        int barY() {
            return y + 20;
        }
    }

    private TimelineSvg(RunReport report) {
        this.report = report;
        this.outage = outage(report);
        int y = TOP + (outage.isPresent() ? 34 : 0);
        int gap = report.steps().size() > 16 ? 2 : 10;
        List<Drawn> drawn = new ArrayList<>();
        for (StepReport step : report.steps()) {
            int lanes = step.activities().size() > 1 ? step.activities().size() : 0;
            int height = 20 + BAR + (lanes == 0 ? 0 : 3 + lanes * LANE) + gap;
            Optional<StepSpans> spans = step.startedAt()
                    .map(at -> StepSpans.of(step, Seconds.of(Duration.between(report.startedAt(), at))));
            drawn.add(new Drawn(step, spans, y, height));
            y += height;
        }
        this.steps = List.copyOf(drawn);
        this.axis = axis();
    }

    static String draw(RunReport report) {
        return new TimelineSvg(report).draw();
    }

    static boolean showsOutage(RunReport report) {
        return outage(report).isPresent();
    }

    private String draw() {
        int bottom =
                steps.isEmpty() ? TOP : steps.getLast().y() + steps.getLast().height();
        svg.markup(
                        "<svg class=\"timeline\" role=\"img\" aria-labelledby=\"timeline-title timeline-desc\" width=\"100%\" height=\""
                                + (bottom + 4) + "\" xmlns=\"http://www.w3.org/2000/svg\">\n")
                .element("title id=\"timeline-title\"", "Timeline of the run")
                .element("desc id=\"timeline-desc\"", description())
                .markup(HATCH);
        drawAxis(bottom);
        outage.ifPresent(o -> drawOutage(o, bottom));
        drawPath();
        steps.forEach(this::drawStep);
        return svg.markup("</svg>\n").toString();
    }

    private static final String HATCH =
            "<defs><pattern id=\"hatch\" width=\"8\" height=\"8\" patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\">"
                    + "<rect class=\"hatch-ground\" width=\"8\" height=\"8\"/><line class=\"hatch-line\" x1=\"0\" y1=\"0\" x2=\"0\" y2=\"8\"/></pattern></defs>\n";

    private String description() {
        StringBuilder said = new StringBuilder("One bar per step, in order. ");
        for (Drawn drawn : steps) {
            StepReport step = drawn.step();
            said.append(step.number())
                    .append(". ")
                    .append(step.name())
                    .append(": ")
                    .append(ReportWords.state(step.state()));
            drawn.spans()
                    .ifPresent(s -> said.append(" from ")
                            .append(Seconds.text(s.start()))
                            .append(" to ")
                            .append(Seconds.text(s.end())));
            said.append(". ");
        }
        outage.ifPresent(o -> said.append("The client had no good answer for ")
                .append(Seconds.text(o.seconds()))
                .append('.'));
        return said.toString();
    }

    private void drawAxis(int bottom) {
        for (double tick : axis.ticks()) {
            double x = axis.at(tick);
            String anchor = x < 5 ? "start" : x > 95 ? "end" : "middle";
            svg.markup("<line class=\"grid\" x1=\"" + percent(x) + "\" x2=\"" + percent(x) + "\" y1=\"20\" y2=\""
                    + bottom + "\"/>" + "<text class=\"tick\" text-anchor=\"" + anchor + "\" x=\"" + percent(x)
                    + "\" y=\"12\">" + axis.label(tick) + "</text>\n");
        }
    }

    private void drawOutage(StepSpans.Span span, int bottom) {
        String seconds = Seconds.text(outageSeconds());
        svg.markup(rect("veil", span, 20, bottom - 20))
                .markup(rect("outage", span, TOP + 20, 4))
                .markup("<text x=\"0\" y=\"" + (TOP + 13) + "\">Client without a good answer</text>"
                        + "<text class=\"quiet\" text-anchor=\"end\" x=\"100%\" y=\"" + (TOP + 13) + "\">" + seconds
                        + "</text>\n");
    }

    /** The steps follow one another, so the line from each to the next is the critical path. */
    private void drawPath() {
        for (int i = 1; i < steps.size(); i++) {
            Drawn from = steps.get(i - 1);
            Drawn to = steps.get(i);
            if (from.spans().isPresent() && to.spans().isPresent()) {
                String x = percent(axis.at(to.spans().get().start()));
                svg.markup("<line class=\"path\" x1=\"" + x + "\" x2=\"" + x + "\" y1=\"" + (from.barY() + BAR)
                        + "\" y2=\"" + to.barY() + "\"/>\n");
            }
        }
    }

    private void drawStep(Drawn drawn) {
        StepReport step = drawn.step();
        int y = drawn.barY();
        svg.markup("<g>").element("title", step.number() + ". " + step.name() + ": " + step.detail());
        svg.markup("<text x=\"0\" y=\"" + (drawn.y() + 13) + "\">")
                .text(step.number() + "  " + shortened(step.name()))
                .markup("</text>");
        svg.markup("<text class=\"" + tone(step) + "\" text-anchor=\"end\" x=\"100%\" y=\"" + (drawn.y() + 13) + "\">")
                .text(note(step))
                .markup("</text>");
        svg.markup("<rect class=\"track\" x=\"0\" y=\"" + y + "\" width=\"100%\" height=\"" + BAR + "\" rx=\"2\"/>\n");
        drawn.spans().ifPresent(spans -> drawSpans(drawn, spans));
        svg.markup("</g>\n");
    }

    private void drawSpans(Drawn drawn, StepSpans spans) {
        StepReport step = drawn.step();
        String look = step.state() == StepState.FAILED ? "failed" : step.state() == StepState.SKIPPED ? "skip" : "work";
        svg.markup(rect(look, new StepSpans.Span(spans.start(), spans.end()), drawn.barY(), BAR));
        for (StepSpans.Span wait : spans.waits()) {
            svg.markup(rect("track", wait, drawn.barY(), BAR)).markup(rect("wait", wait, drawn.barY(), BAR));
        }
        int y = drawn.barY() + BAR + 4;
        for (ActivityReport activity : drawn.lanes()) {
            String critical = spans.critical().contains(activity) ? "work" : "aside";
            double from = activity.offsetSeconds();
            svg.markup(rect(critical, new StepSpans.Span(from, from + activity.seconds()), y, LANE - 3));
            y += LANE;
        }
    }

    private static String note(StepReport step) {
        if (!ReportWords.ran(step)) {
            return ReportWords.state(step.state());
        }
        String note = Seconds.text(step.seconds());
        if (step.attempts() > 1) {
            note = step.attempts() + " attempts · " + note;
        }
        return step.state() == StepState.SUCCEEDED ? note : ReportWords.state(step.state()) + " · " + note;
    }

    private static String tone(StepReport step) {
        return step.state() == StepState.FAILED ? "bad" : "quiet";
    }

    private static String shortened(String name) {
        String line = PlainText.line(name);
        return line.length() <= LONGEST_NAME
                ? line
                : line.substring(0, LONGEST_NAME - 1).strip() + "…";
    }

    private String rect(String look, StepSpans.Span span, int y, int height) {
        double from = axis.at(span.from());
        double width = Math.max(0.4, axis.at(span.to()) - from);
        return "<rect class=\"" + look + "\" x=\"" + percent(Math.min(from, 99.6)) + "\" y=\"" + y + "\" width=\""
                + percent(width) + "\" height=\"" + height + "\" rx=\"" + (height > 6 ? 2 : 1) + "\"/>\n";
    }

    private static String percent(double value) {
        return Seconds.decimal("%.3f", value) + "%";
    }

    private TimeAxis axis() {
        double last = Seconds.of(Duration.between(report.startedAt(), report.finishedAt()));
        for (Drawn drawn : steps) {
            last = Math.max(last, drawn.spans().map(StepSpans::end).orElse(0.0));
        }
        last = Math.max(last, 0.01);
        double first = Math.min(0, outage.map(StepSpans.Span::from).orElse(0.0));
        return new TimeAxis(Math.max(first, -last), last);
    }

    /** Placed by the client's wall clock, which is good enough for a drawing; its length is measured. */
    private static Optional<StepSpans.Span> outage(RunReport report) {
        return report.client().flatMap(ClientRecord::outage).flatMap(o -> {
            try {
                double from = Seconds.of(Duration.between(
                        report.startedAt(), OffsetDateTime.parse(o.startedAt()).toInstant()));
                double end = Seconds.of(Duration.between(report.startedAt(), report.finishedAt()));
                return from + o.seconds() > 0 && from < end
                        ? Optional.of(new StepSpans.Span(from, from + o.seconds()))
                        : Optional.empty();
            } catch (DateTimeException | ArithmeticException e) {
                return Optional.empty();
            }
        });
    }

    private double outageSeconds() {
        return report.client()
                .flatMap(ClientRecord::outage)
                .map(ClientRecord.Outage::seconds)
                .orElse(0.0);
    }
}
