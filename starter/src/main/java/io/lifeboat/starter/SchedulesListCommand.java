package io.lifeboat.starter;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Lists what starts by itself. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description = "List Lifeboat's schedules in Temporal: when each starts next, and what its last run came to.")
final class SchedulesListCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(arity = "0..1", paramLabel = "SERVICE", description = "Only those of this service.")
    private Optional<String> service = Optional.empty();

    @Mixin
    private OutputOptions output = new OutputOptions();

    /** The list, for programs. */
    record ScheduleList(int schemaVersion, List<ScheduleRow> schedules) {}

    SchedulesListCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Schedules schedules = new Schedules(session.temporal().client());
        List<ScheduleRow> rows = schedules.own().entrySet().stream()
                .filter(own -> service.map(own.getValue()::equals).orElse(true))
                .flatMap(own -> schedules.find(own.getKey()).stream())
                .map(found -> ScheduleRow.of(found, session.temporal().client()))
                .toList();
        if (output.isJson()) {
            Json.print(session.console(), new ScheduleList(1, rows));
        } else if (rows.isEmpty()) {
            session.console()
                    .out()
                    .println("Lifeboat has no schedule"
                            + service.map(s -> " of \"" + s + "\"").orElse("") + " at Temporal "
                            + session.temporal().address() + ". Make them with 'lifeboat schedules apply'.");
        } else {
            print(rows);
        }
        return ExitCode.OK.number();
    }

    private void print(List<ScheduleRow> rows) {
        int ids = rows.stream().mapToInt(row -> row.id().length()).max().orElse(1);
        int times = rows.stream().mapToInt(row -> times(row).length()).max().orElse(1);
        String form = "%-" + ids + "s  %-" + times + "s  %s";
        Instant now = session.clock().instant();
        for (ScheduleRow row : rows) {
            session.console().out().println(String.format(Locale.ROOT, form, row.id(), times(row), next(row, now)));
            row.lastRun()
                    .ifPresent(run -> session.console()
                            .out()
                            .println("  last: " + run.text() + "  "
                                    + run.startedAt().truncatedTo(ChronoUnit.SECONDS) + " ("
                                    + relative(now, run.startedAt()) + ")  " + run.workflowId()));
        }
    }

    private static String times(ScheduleRow row) {
        return row.cron() + " " + row.timeZone();
    }

    private static String next(ScheduleRow row, Instant now) {
        if (row.paused()) {
            return row.note().startsWith("Paused") ? row.note() : "Paused: " + row.note();
        }
        return row.nextRunAt()
                .map(at -> "next " + at.truncatedTo(ChronoUnit.SECONDS) + " (" + relative(now, at) + ")")
                .orElse("never starts again");
    }

    /** As in {@code in 3 h 20 min} or {@code 2 d 1 h ago}. */
    static String relative(Instant now, Instant then) {
        Duration between = Duration.between(now, then).abs();
        String text;
        if (between.toDays() > 0) {
            text = between.toDays() + " d " + between.toHoursPart() + " h";
        } else if (between.toHours() > 0) {
            text = between.toHours() + " h " + between.toMinutesPart() + " min";
        } else if (between.toMinutes() > 0) {
            text = between.toMinutes() + " min";
        } else {
            text = between.toSeconds() + " s";
        }
        return then.isAfter(now) ? "in " + text : text + " ago";
    }
}
