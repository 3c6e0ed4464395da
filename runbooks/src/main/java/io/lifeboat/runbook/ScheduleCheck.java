package io.lifeboat.runbook;

import io.lifeboat.runbook.ReferenceCheck.Mistake;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Schedules: times that exist and come, and nothing that Temporal would refuse or silently read as something else. */
final class ScheduleCheck {
    /** Temporal takes a shorter window for this one. */
    private static final Duration LEAST_CATCH_UP = Duration.ofSeconds(10);

    /** What Java knows and the time zone database does not. */
    private static final String ONLY_JAVA = "SystemV/";

    private static final Pattern ABBREVIATION = Pattern.compile("[A-Z]{2,5}([+-]?[0-9:]+)?");
    private static final String PLACE = "Write the zone of a place, such as Europe/Berlin, or UTC.";

    private final SoundValues values;
    private final List<Mistake> mistakes = new ArrayList<>();

    private ScheduleCheck(SoundValues values) {
        this.values = values;
    }

    static List<Mistake> find(YamlNode root, Set<KeyPath> broken) {
        ScheduleCheck check = new ScheduleCheck(new SoundValues(root, broken));
        KeyPath schedules = KeyPath.ROOT.key("schedules");
        Map<String, KeyPath> seen = new HashMap<>();
        for (int i = 0; i < check.values.size(schedules); i++) {
            check.subject(schedules.item(i), seen);
            check.times(schedules.item(i));
        }
        return check.mistakes;
    }

    /** What a schedule is about names it, so that there is only one of each. */
    private void subject(KeyPath schedule, Map<String, KeyPath> seen) {
        Optional<String> procedure = values.text(schedule.key("procedure"));
        if (procedure.isEmpty() || values.broken().contains(schedule.key("datastore"))) {
            return;
        }
        Optional<String> datastore = values.text(schedule.key("datastore"));
        if (datastore.isEmpty() && procedure.get().equals(Schedule.Procedure.PITR_TEST.workflowType())) {
            add(
                    schedule.key("procedure"),
                    "a PitrTest is about one datastore, and none is named",
                    "Add datastore with the name of one.");
            return;
        }
        KeyPath first = seen.putIfAbsent(procedure.get() + "/" + datastore.orElse(""), schedule);
        if (first != null) {
            add(
                    schedule.key("procedure"),
                    "a second schedule of " + procedure.get()
                            + datastore.map(d -> " for " + Quoted.text(d)).orElse("") + ", the first is " + first,
                    "Say all times in one cron expression, or name different datastores.");
        }
    }

    private void times(KeyPath schedule) {
        values.text(schedule.key("timeZone")).ifPresent(name -> zone(schedule, name));
        Optional<CronExpression> cron = values.text(schedule.key("cron")).flatMap(text -> cron(schedule, text));
        if (cron.isPresent()) {
            // The night in which the clocks repeat an hour says nothing of the others.
            Optional<Firings.Gaps> gaps = new Firings(cron.get(), ZoneOffset.UTC).gaps();
            if (gaps.isEmpty()) {
                add(
                        schedule.key("cron"),
                        named(schedule, "cron") + " is "
                                + Quoted.text(cron.get().toString()) + ", which never comes",
                        "Write a day that the month has.");
            }
            gaps.ifPresent(g -> jitter(schedule, g.shortest()));
        }
        values.duration(schedule.key("catchUp"))
                .filter(window -> window.compareTo(LEAST_CATCH_UP) < 0)
                .ifPresent(window -> add(
                        schedule.key("catchUp"),
                        named(schedule, "catchUp") + " is " + DurationText.of(window)
                                + ", but Temporal knows none shorter than 10s",
                        "Write at least 10s."));
    }

    private Optional<CronExpression> cron(KeyPath schedule, String text) {
        try {
            return Optional.of(CronExpression.parse(text));
        } catch (CronSyntaxException e) {
            add(schedule.key("cron"), named(schedule, "cron") + " is no cron expression: " + e.fault(), e.hint());
            return Optional.empty();
        }
    }

    private void zone(KeyPath schedule, String name) {
        if (name.equals("UTC") || (name.contains("/") && isKnown(name))) {
            return;
        }
        String seen = named(schedule, "timeZone") + " is " + Quoted.text(name);
        if (ABBREVIATION.matcher(name).matches()) {
            add(schedule.key("timeZone"), seen + ", which is an offset and not a place whose clocks change", PLACE);
            return;
        }
        String hint = NearestWord.of(name, places())
                .map(near -> "Did you mean \"" + near + "\"?")
                .orElse(PLACE);
        add(schedule.key("timeZone"), seen + ", which is no zone of the IANA time zone database", hint);
    }

    private static boolean isKnown(String name) {
        try {
            return places().contains(ZoneId.of(name).getId());
        } catch (DateTimeException e) {
            return false;
        }
    }

    private static Set<String> places() {
        Set<String> places = new TreeSet<>(ZoneId.getAvailableZoneIds());
        places.removeIf(name -> !name.contains("/") || name.startsWith(ONLY_JAVA));
        return places;
    }

    private void jitter(KeyPath schedule, Duration shortest) {
        values.duration(schedule.key("jitter"))
                .filter(jitter -> jitter.compareTo(shortest) >= 0)
                .ifPresent(jitter -> add(
                        schedule.key("jitter"),
                        named(schedule, "jitter") + " is " + DurationText.of(jitter) + ", but two firings are only "
                                + DurationText.of(shortest) + " apart",
                        "Write less than that."));
    }

    private static String named(KeyPath schedule, String key) {
        return Quoted.text(schedule.key(key).toString());
    }

    private void add(KeyPath path, String message, String hint) {
        mistakes.add(new Mistake(path, message, hint));
    }
}
