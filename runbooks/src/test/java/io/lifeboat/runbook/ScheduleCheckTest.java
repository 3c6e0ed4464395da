package io.lifeboat.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScheduleCheckTest {
    private static final String BACKUP =
            "{ procedure: NightlyBackup, cron: \"0 2 * * *\", timeZone: UTC, catchUp: 2h }";

    @Test
    void readsASchedule() {
        Runbook runbook = Runbooks.read(with("{ procedure: PitrTest, datastore: orders-db, cron: 0 4 * * sun,"
                        + " timeZone: Europe/Berlin, jitter: 10m, catchUp: 2h, paused: true }"))
                .runbook();

        assertThat(runbook.schedules())
                .contains(new Schedule(
                        Schedule.Procedure.PITR_TEST,
                        Optional.of("orders-db"),
                        CronExpression.parse("0 4 * * sun"),
                        ZoneId.of("Europe/Berlin"),
                        Optional.of(Duration.ofMinutes(10)),
                        Optional.of(Duration.ofHours(2)),
                        Optional.of(true)));
    }

    @Test
    void catchesUpWithinTheShortestIntervalWhereNothingIsSaid() {
        assertThat(schedule("{ procedure: NightlyBackup, cron: \"0 2 * * 1-5\", timeZone: UTC }")
                        .catchUpWindow())
                .isEqualTo(Duration.ofDays(1));
        assertThat(schedule("{ procedure: NightlyBackup, cron: \"0 2 * * *\", timeZone: Europe/Berlin, jitter: 2h }")
                        .catchUpWindow())
                .isEqualTo(Duration.ofDays(1));
        assertThat(schedule(BACKUP).catchUpWindow()).isEqualTo(Duration.ofHours(2));
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTC", "Etc/UTC", "Europe/Berlin", "America/Argentina/Buenos_Aires", "Etc/GMT+2"})
    void acceptsAZoneOfTheDatabase(String zone) {
        assertThat(said("timeZone: UTC", "timeZone: " + zone)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "CEST; which is an offset and not a place whose clocks change."
                        + " Write the zone of a place, such as Europe/Berlin, or UTC.",
                "EST; which is an offset and not a place whose clocks change."
                        + " Write the zone of a place, such as Europe/Berlin, or UTC.",
                "UTC+2; which is an offset and not a place whose clocks change."
                        + " Write the zone of a place, such as Europe/Berlin, or UTC.",
                "Europe/Berin; which is no zone of the IANA time zone database. Did you mean \"Europe/Berlin\"?",
                "europe/berlin; which is no zone of the IANA time zone database. Did you mean \"Europe/Berlin\"?",
                "SystemV/EST5; which is no zone of the IANA time zone database."
                        + " Write the zone of a place, such as Europe/Berlin, or UTC.",
                "a b/c; which is no zone of the IANA time zone database."
                        + " Write the zone of a place, such as Europe/Berlin, or UTC."
            })
    void refusesAZoneThatIsNoPlace(String zone, String said) {
        assertThat(said("timeZone: UTC", "timeZone: " + zone))
                .containsExactly("\"schedules[0].timeZone\" is \"" + zone + "\", " + said);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "@daily; is \"@daily\" but must be five cron fields: minute, hour, day of the month, month,"
                        + " day of the week. For example 0 2 * * * or 30 4 * * sun.",
                "0 25 * * *; is no cron expression: its hour is \"25\". Write 0 to 23, or * for every one.",
                "0 0 31 2 *; is \"0 0 31 2 *\", which never comes. Write a day that the month has."
            })
    void refusesATimeThatTemporalWouldRefuseOrNeverReach(String cron, String said) {
        assertThat(said("cron: \"0 2 * * *\"", "cron: \"" + cron + "\""))
                .containsExactly("\"schedules[0].cron\" " + said);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "jitter: 23h; ",
                "jitter: 0s; ",
                "jitter: 24h; \"schedules[0].jitter\" is 1d, but two firings are only 1d apart. Write less than that.",
                "catchUp: 10s; ",
                "catchUp: 9s; \"schedules[0].catchUp\" is 9s, but Temporal knows none shorter than 10s."
                        + " Write at least 10s.",
                "paused: false; ",
                "paused: maybe; \"schedules[0].paused\" is \"maybe\" but must be true or false."
            })
    void boundsWhatIsOptional(String setting, String said) {
        assertThat(said("catchUp: 2h", setting)).isEqualTo(said == null ? List.of() : List.of(said));
    }

    @Test
    void wantsADatastoreForAPitrTest() {
        assertThat(said("procedure: NightlyBackup", "procedure: PitrTest"))
                .containsExactly("a PitrTest is about one datastore, and none is named."
                        + " Add datastore with the name of one.");
    }

    @Test
    void refusesADatastoreThatTheRunbookLacks() {
        assertThat(said("procedure: NightlyBackup", "procedure: NightlyBackup, datastore: order-db"))
                .containsExactly("the runbook has no datastore \"order-db\". Did you mean \"orders-db\"?");
    }

    @Test
    void refusesASecondScheduleOfTheSame() {
        assertThat(Runbooks.problems(with("{ procedure: SmokeRestore, cron: \"0 7 * * *\", timeZone: UTC }")))
                .singleElement()
                .asString()
                .endsWith("a second schedule of SmokeRestore, the first is schedules[1]."
                        + " Say all times in one cron expression, or name different datastores.");
        assertThat(Runbooks.problems(
                        with("{ procedure: SmokeRestore, datastore: orders-db, cron: \"0 7 * * *\", timeZone: UTC }")))
                .isEmpty();
    }

    @Test
    void knowsItsProcedures() {
        assertThat(said("procedure: NightlyBackup", "procedure: NightlyBackups"))
                .containsExactly("\"schedules[0].procedure\" is \"NightlyBackups\", which is not known here."
                        + " Did you mean \"NightlyBackup\"?");
    }

    /** The runbook with a third schedule. */
    private static String with(String schedule) {
        String last = "{ procedure: SmokeRestore, cron: \"0 6 * * *\", timeZone: UTC, jitter: 10m }";
        return Runbooks.ordersWith(last, last + "\n  - " + schedule);
    }

    private static Schedule schedule(String schedule) {
        return Runbooks.read(Runbooks.ordersWith(BACKUP, schedule))
                .runbook()
                .schedules()
                .getFirst();
    }

    /** The problems of the first schedule once a piece of it is changed, without their places. */
    private static List<String> said(String from, String to) {
        return Runbooks.problems(Runbooks.ordersWith(BACKUP, Runbooks.replace(BACKUP, from, to))).stream()
                .map(problem -> problem.replaceFirst("^r\\.yaml:\\d+:\\d+: ", ""))
                .toList();
    }
}
