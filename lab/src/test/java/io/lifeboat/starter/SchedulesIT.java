package io.lifeboat.starter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Timestamps;
import io.lifeboat.activity.schedule.DefaultScheduleActivities;
import io.lifeboat.lab.process.Deadline;
import io.lifeboat.lab.temporal.LabTemporal;
import io.lifeboat.runbook.CronExpression;
import io.lifeboat.runbook.Firings;
import io.lifeboat.workflow.PauseNote;
import io.lifeboat.workflow.SearchAttributes;
import io.lifeboat.workflow.WireFormat;
import io.lifeboat.workflow.schedule.ScheduleActivities;
import io.lifeboat.workflow.schedule.ScheduleActivities.Pausing;
import io.temporal.api.enums.v1.ScheduleOverlapPolicy;
import io.temporal.api.workflowservice.v1.ListScheduleMatchingTimesRequest;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowExecutionDescription;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.schedules.Schedule;
import io.temporal.client.schedules.ScheduleActionStartWorkflow;
import io.temporal.client.schedules.ScheduleClient;
import io.temporal.client.schedules.ScheduleClientOptions;
import io.temporal.client.schedules.ScheduleDescription;
import io.temporal.client.schedules.ScheduleException;
import io.temporal.client.schedules.ScheduleOptions;
import io.temporal.client.schedules.ScheduleSpec;
import io.temporal.client.schedules.ScheduleUpdate;
import io.temporal.serviceclient.WorkflowServiceStubs;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code lifeboat schedules} against a real Temporal server; every test has a service of its own. */
@Timeout(120)
class SchedulesIT {
    private static final Path CATALOG = Path.of("../runbooks/catalog/orders.yaml");
    private static final String BACKUP = "cron: \"0 2 * * *\", timeZone: UTC, catchUp: 2h";
    private static final String SMOKE =
            "  - { procedure: SmokeRestore, cron: \"0 6 * * *\", timeZone: UTC, jitter: 10m }\n";

    @TempDir
    private static Path folder = Path.of("");

    @AutoClose
    private static TestTemporal temporal;

    private static WorkflowServiceStubs stubs;
    private static WorkflowClient client;
    private static ScheduleClient schedules;

    record Result(int code, String out, String err) {
        JsonNode json() throws IOException {
            return WireFormat.mapper().readTree(out);
        }
    }

    private record Connected(WorkflowClient client) implements Temporal {
        @Override
        public String address() {
            return "the server of this test";
        }

        @Override
        public void close() {}
    }

    @BeforeAll
    static void startTemporal() throws IOException {
        temporal = TestTemporal.start(folder);
        stubs = temporal.stubs();
        client = temporal.client();
        schedules = ScheduleClient.newInstance(
                stubs,
                ScheduleClientOptions.newBuilder()
                        .setDataConverter(WireFormat.dataConverter())
                        .build());
    }

    @Test
    void createsWhatIsMissingAndThenFindsNothingToDo() throws IOException {
        Path runbook = runbook("alpha");

        Result before = run("schedules", "diff", runbook);
        Result first = run("schedules", "apply", runbook, "-o", "json");
        Result second = run("schedules", "apply", runbook, "-o", "json");
        Result after = run("schedules", "diff", runbook);

        assertThat(before.code()).as(before.err()).isEqualTo(3);
        assertThat(before.err()).isEqualTo("3 to create.\n");
        assertThat(first.code()).as(first.err()).isZero();
        assertThat(kinds(first)).containsOnly("create").hasSize(3);
        assertThat(kinds(second)).containsOnly("unchanged").hasSize(3);
        assertThat(after.code()).as(after.out()).isZero();
    }

    @Test
    void makesASchedulesEveryChoiceExplicit() throws IOException {
        apply(runbook("bravo", "timeZone: UTC, catchUp: 2h", "timeZone: Europe/Berlin, jitter: 3m"));

        Schedule backup = describe("bravo/NightlyBackup").getSchedule();
        Schedule test = describe("bravo/PitrTest/orders-db").getSchedule();

        assertThat(backup.getSpec().getTimeZoneName()).isEqualTo("Europe/Berlin");
        assertThat(backup.getSpec().getJitter()).isEqualTo(Duration.ofMinutes(3));
        assertThat(backup.getPolicy().getCatchupWindow()).isEqualTo(Duration.ofDays(1));
        assertThat(backup.getPolicy().getOverlap()).isEqualTo(ScheduleOverlapPolicy.SCHEDULE_OVERLAP_POLICY_SKIP);
        assertThat(backup.getPolicy().isPauseOnFailure()).isFalse();
        assertThat(test.getPolicy().getCatchupWindow()).isEqualTo(Duration.ofDays(7));
        assertThat(((ScheduleActionStartWorkflow) test.getAction()).getOptions().getStaticSummary())
                .isEqualTo("PitrTest of bravo, orders-db, by schedule");
    }

    @Test
    void bringsAChangeOfTheRunbookToTemporal() throws IOException {
        apply(runbook("charlie"));
        Path changed = runbook("charlie", "0 2 * * *", "30 1 * * *");

        Result diff = run("schedules", "diff", changed);
        apply(changed);

        assertThat(diff.code()).isEqualTo(3);
        assertThat(diff.out()).contains("charlie/NightlyBackup       cron 0 2 * * * -> 30 1 * * *");
        assertThat(describe("charlie/NightlyBackup").getInfo().getNextActionTimes())
                .allSatisfy(at -> assertThat(at.toString()).endsWith("T01:30:00Z"));
        assertThat(run("schedules", "diff", changed).code()).isZero();
    }

    @Test
    void removesOneThatTheRunbookDroppedOnlyAfterAYes() throws IOException {
        apply(runbook("delta"));
        Path without = runbook("delta", SMOKE, "");
        await(() -> run("schedules", "diff", without).out().contains("remove     delta/SmokeRestore"));

        Result nobody = run("schedules", "apply", without);
        Result typo = typing("dleta", "schedules", "apply", without);
        ScheduleDescription left = describe("delta/SmokeRestore");
        Result typed = typing("delta", "schedules", "apply", without);

        assertThat(nobody.code()).isEqualTo(2);
        assertThat(nobody.err()).contains("This removes delta/SmokeRestore of \"delta\"", "add --yes");
        assertThat(typo.code()).isEqualTo(2);
        assertThat(left.getId()).isEqualTo("delta/SmokeRestore");
        assertThat(typed.code()).as(typed.err()).isZero();
        assertThatThrownBy(() -> describe("delta/SmokeRestore")).rootCause().hasMessageStartingWith("NOT_FOUND");
        assertThat(describe("delta/NightlyBackup").getId()).isEqualTo("delta/NightlyBackup");
    }

    @Test
    void removesWhatIsLeftOfAServiceWhoseRunbookIsGone() throws IOException {
        apply(runbook("echo"));
        Path other = runbook("foxtrot");
        await(() ->
                run("schedules", "diff", other, "--service", "echo").out().contains("remove     echo/SmokeRestore"));

        Result without = run("schedules", "diff", other);
        Result applied = run("schedules", "apply", other, "--service", "echo", "--yes");

        assertThat(without.out()).doesNotContain("echo/");
        assertThat(applied.code()).as(applied.err()).isZero();
        await(() -> run("schedules", "list", "echo").out().startsWith("Lifeboat has no schedule of \"echo\""));
    }

    @Test
    void neverTouchesAScheduleMadeByHand() throws IOException {
        Schedule byHand = byHand("golf", "0 0 1 1 *");
        schedules.createSchedule(
                "golf/SmokeRestore", byHand, ScheduleOptions.newBuilder().build());
        schedules.createSchedule(
                "golf/mine", byHand, ScheduleOptions.newBuilder().build());
        ScheduleDescription before = describe("golf/SmokeRestore");
        Path runbook = runbook("golf");

        Result applied = run("schedules", "apply", runbook, "--yes");
        Result paused = run("schedules", "pause", "golf/SmokeRestore", "--reason", "x");

        assertThat(applied.code()).as(applied.err()).isEqualTo(3);
        assertThat(applied.out()).contains("conflict   golf/SmokeRestore        exists, but was not made by Lifeboat");
        assertThat(paused.code()).isEqualTo(6);
        assertThat(describe("golf/SmokeRestore").getSchedule().getSpec())
                .isEqualTo(before.getSchedule().getSpec());
        assertThat(describe("golf/mine").getId()).isEqualTo("golf/mine");
        assertThat(describe("golf/NightlyBackup").getId()).isEqualTo("golf/NightlyBackup");
        assertThat(run("schedules", "list", "golf").out()).doesNotContain("golf/mine", "golf/SmokeRestore");
    }

    @Test
    void undoesWhatSomebodyChangedByHand() throws IOException {
        Path runbook = runbook("hotel");
        apply(runbook);
        schedules.getHandle("hotel/NightlyBackup").update(now -> {
            Schedule schedule = now.getDescription().getSchedule();
            return new ScheduleUpdate(Schedule.newBuilder(schedule)
                    .setSpec(ScheduleSpec.newBuilder(schedule.getSpec())
                            .setJitter(Duration.ofMinutes(9))
                            .build())
                    .build());
        });

        Result diff = run("schedules", "diff", runbook);
        apply(runbook);

        assertThat(diff.out()).contains("update     hotel/NightlyBackup       jitter 9m -> 0s\n");
        assertThat(describe("hotel/NightlyBackup").getSchedule().getSpec().getJitter())
                .isZero();
    }

    @Test
    void keepsThePauseOfAPersonThroughAnUpdate() throws IOException {
        apply(runbook("india"));

        Result paused = run("schedules", "pause", "india/NightlyBackup", "--reason", "disk: full", "--by", "ada");
        apply(runbook("india", "0 2 * * *", "30 1 * * *"));
        Schedule after = describe("india/NightlyBackup").getSchedule();
        Result list = run("schedules", "list", "india");
        Result resumed = run("schedules", "resume", "india/NightlyBackup", "--by", "bob");
        Result again = run("schedules", "resume", "india/NightlyBackup", "-o", "json");

        assertThat(paused.code()).as(paused.err()).isZero();
        assertThat(after.getState().isPaused()).isTrue();
        assertThat(PauseNote.parse(after.getState().getNote())).contains(new PauseNote.ByPerson("ada", "disk: full"));
        assertThat(list.out()).contains("india/NightlyBackup       30 1 * * * UTC   Paused by ada: disk: full\n");
        assertThat(resumed.out()).startsWith("india/NightlyBackup starts runs again. Next run: ");
        assertThat(describe("india/NightlyBackup").getSchedule().getState().isPaused())
                .isFalse();
        assertThat(again.json().get("changed").asBoolean()).isFalse();
    }

    @Test
    void resumesWhatTheRunbookPausedAndNothingElse() throws IOException {
        Path paused = runbook("juliett", "catchUp: 2h", "catchUp: 2h, paused: true");
        apply(paused);
        Schedule first = describe("juliett/NightlyBackup").getSchedule();
        run("schedules", "pause", "juliett/SmokeRestore", "--reason", "x", "--by", "ada");

        apply(runbook("juliett"));

        assertThat(PauseNote.parse(first.getState().getNote())).contains(new PauseNote.ByRunbook());
        assertThat(first.getState().isPaused()).isTrue();
        assertThat(describe("juliett/NightlyBackup").getSchedule().getState().isPaused())
                .isFalse();
        assertThat(describe("juliett/SmokeRestore").getSchedule().getState().isPaused())
                .isTrue();
    }

    @Test
    void aRunResumesWhatItHasPausedAndNothingElse() throws IOException {
        apply(runbook("lima"));
        run("schedules", "pause", "lima/SmokeRestore", "--reason", "x", "--by", "ada");
        ScheduleActivities holding = new DefaultScheduleActivities(() -> client);
        Pausing byRun = new Pausing("lima", "failover/lima/1", "it moves");
        // What is listed may lag behind what was made; a second pause finds the rest.
        List<String> paused = new ArrayList<>();
        await(() -> paused.addAll(holding.pause(byRun).schedules()) && paused.size() == 2);

        assertThat(holding.resume(new Pausing("lima", "failover/lima/2", "another"))
                        .schedules())
                .isEmpty();
        Schedule meanwhile = describe("lima/NightlyBackup").getSchedule();
        assertThat(meanwhile.getState().isPaused()).isTrue();
        assertThat(PauseNote.parse(meanwhile.getState().getNote()))
                .contains(new PauseNote.ByRun("failover/lima/1", "it moves"));

        assertThat(holding.resume(byRun).schedules()).containsExactly("lima/NightlyBackup", "lima/PitrTest/orders-db");
        assertThat(holding.resume(byRun).schedules()).isEmpty();
        assertThat(describe("lima/NightlyBackup").getSchedule().getState().isPaused())
                .isFalse();
        assertThat(describe("lima/SmokeRestore").getSchedule().getState().isPaused())
                .isTrue();
    }

    @Test
    void startsARunNowAndOnlyOneAtATime() throws IOException {
        apply(runbook("kilo"));

        Result started = run("schedules", "run-now", "kilo/PitrTest/orders-db", "-o", "json");
        Result second = run("schedules", "run-now", "kilo/PitrTest/orders-db");
        Result list = run("schedules", "list", "kilo");

        assertThat(started.code()).as(started.err()).isZero();
        String workflowId = started.json().get("workflowId").asText();
        WorkflowExecutionDescription run =
                client.newUntypedWorkflowStub(workflowId).describe();
        assertThat(workflowId).startsWith("pitr/kilo/orders-db-");
        assertThat(run.getWorkflowType()).isEqualTo("PitrTest");
        assertThat(run.getTypedSearchAttributes().get(SearchAttributes.SERVICE)).isEqualTo("kilo");
        assertThat(run.getTypedSearchAttributes().get(SearchAttributes.PROCEDURE))
                .isEqualTo("PitrTest");
        assertThat(input(workflowId))
                .isEqualTo(Map.of("service", "kilo", "datastore", "orders-db", "reason", "schedule"));
        assertThat(second.code()).isEqualTo(6);
        assertThat(second.err()).contains(workflowId + " still runs");
        assertThat(list.out()).contains("  last: running  ").contains(workflowId);
    }

    @Test
    void namesTheNearestOfAScheduleThatThereIsNot() throws IOException {
        apply(runbook("lima"));
        await(() -> run("schedules", "list", "lima").out().contains("lima/NightlyBackup"));

        Result result = run("schedules", "run-now", "lima/NightlyBakup");

        assertThat(result.code()).isEqualTo(6);
        assertThat(result.err())
                .isEqualTo("There is no schedule \"lima/NightlyBakup\". Did you mean \"lima/NightlyBackup\"?\n");
    }

    @ParameterizedTest
    @CsvSource({
        "0 2 * * *, UTC",
        "30 1-3 * * *, Europe/Berlin",
        "*/20 2 * * *, America/New_York",
        "0 0 1-7 * sun, UTC",
        "15 */5 * * 1-5, Australia/Lord_Howe",
        "'5/25 0 28-31 mar,October *', Europe/Berlin",
        "0 12 * * 3-7/3, Asia/Kolkata"
    })
    void firesWhenLintSaysThatItDoes(String cron, String zone) throws IOException {
        String service = "m-" + Integer.toHexString((cron + zone).hashCode());
        apply(runbook(service, BACKUP, "cron: \"" + cron + "\", timeZone: " + zone));
        Firings firings = new Firings(CronExpression.parse(cron), ZoneId.of(zone));

        for (LocalDate from : List.of(LocalDate.of(2027, 3, 8), LocalDate.of(2027, 10, 25))) {
            for (LocalDate day : from.datesUntil(from.plusDays(24))
                    .filter(day -> !repeatsAnHour(day, ZoneId.of(zone)))
                    .toList()) {
                assertThat(matching(service + "/NightlyBackup", day, ZoneId.of(zone)))
                        .as(day.toString())
                        .isEqualTo(firings.on(day));
            }
        }
        assertThat(run("schedules", "diff", folder.resolve(service + ".yaml")).code())
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "60 * * * *",
                "* 24 * * *",
                "* * 0 * *",
                "* * L * *",
                "* * ? * *",
                "* * * 13 *",
                "* * * ja *",
                "* * * * 8",
                "5-2 * * * *",
                "* * * * fri-sun",
                "*/0 * * * *",
                "1/2/3 * * * *",
                "1,,2 * * * *",
                "* * * *"
            })
    void refusesWhatTemporalWouldRefuse(String cron) {
        Schedule schedule = byHand("refused", cron);

        assertThatThrownBy(() -> CronExpression.parse(cron)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> schedules.createSchedule(
                        "refused", schedule, ScheduleOptions.newBuilder().build()))
                .isInstanceOf(ScheduleException.class)
                .rootCause()
                .hasMessageStartingWith("INVALID_ARGUMENT");
    }

    private static Schedule byHand(String service, String cron) {
        return Schedule.newBuilder()
                .setAction(ScheduleActionStartWorkflow.newBuilder()
                        .setWorkflowType("Anything")
                        .setOptions(WorkflowOptions.newBuilder()
                                .setWorkflowId("by-hand/" + service)
                                .setTaskQueue("by-hand")
                                .build())
                        .build())
                .setSpec(ScheduleSpec.newBuilder()
                        .setCronExpressions(List.of(cron))
                        .build())
                .build();
    }

    private static ScheduleDescription describe(String id) {
        return schedules.getHandle(id).describe();
    }

    private static boolean repeatsAnHour(LocalDate day, ZoneId zone) {
        Duration length =
                Duration.between(day.atStartOfDay(zone), day.plusDays(1).atStartOfDay(zone));
        return length.compareTo(Duration.ofDays(1)) > 0;
    }

    private static List<Instant> matching(String id, LocalDate day, ZoneId zone) {
        Instant from = day.atStartOfDay(zone).toInstant().minusSeconds(1);
        Instant to = day.plusDays(1).atStartOfDay(zone).toInstant().minusSeconds(1);
        return stubs
                .blockingStub()
                .listScheduleMatchingTimes(ListScheduleMatchingTimesRequest.newBuilder()
                        .setNamespace(LabTemporal.NAMESPACE)
                        .setScheduleId(id)
                        .setStartTime(timestamp(from))
                        .setEndTime(timestamp(to))
                        .build())
                .getStartTimeList()
                .stream()
                .map(at -> Instant.ofEpochSecond(at.getSeconds(), at.getNanos()))
                .toList();
    }

    private static Timestamp timestamp(Instant instant) {
        return Timestamps.fromMillis(instant.toEpochMilli());
    }

    private static Object input(String workflowId) {
        return client.getOptions()
                .getDataConverter()
                .fromPayloads(
                        0,
                        java.util.Optional.of(client.fetchHistory(workflowId)
                                .getEvents()
                                .getFirst()
                                .getWorkflowExecutionStartedEventAttributes()
                                .getInput()),
                        Map.class,
                        Map.class);
    }

    /** The catalog's runbook under another name, with pairs of a piece of text and what stands in its place. */
    private static Path runbook(String service, String... changes) throws IOException {
        String text = Files.readString(CATALOG).replace("service: orders", "service: " + service);
        for (int i = 0; i < changes.length; i += 2) {
            assertThat(text).containsOnlyOnce(changes[i]);
            text = text.replace(changes[i], changes[i + 1]);
        }
        return Files.writeString(folder.resolve(service + ".yaml"), text);
    }

    private static void apply(Path runbook) {
        Result applied = run("schedules", "apply", runbook);
        assertThat(applied.code()).as(applied.err()).isZero();
    }

    private static List<String> kinds(Result plan) throws IOException {
        return plan.json().get("changes").findValuesAsText("kind");
    }

    private static Result run(Object... args) {
        return answering("", false, args);
    }

    /** As on a terminal, where the person types what is given. */
    private static Result typing(String typed, Object... args) {
        return answering(typed + "\n", true, args);
    }

    private static Result answering(String typed, boolean terminal, Object... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        Console console = new Console(
                new PrintWriter(out),
                new PrintWriter(err),
                new BufferedReader(new StringReader(typed)),
                terminal,
                false,
                false,
                false,
                () -> 100);
        String[] words = List.of(args).stream().map(Object::toString).toArray(String[]::new);
        int code = LifeboatCommand.run(new Session(console, new Connected(client), Clock.systemUTC()), words);
        // Refused, different or done: whatever else it was, its sentence says so.
        assertThat(code).as(err.toString()).isIn(0, 2, 3, 6);
        return new Result(code, out.toString(), err.toString());
    }

    private static void await(BooleanSupplier condition) {
        Deadline deadline = Deadline.after(Duration.ofSeconds(20));
        while (!condition.getAsBoolean()) {
            assertThat(deadline.passed()).as("condition met within 20 s").isFalse();
            Deadline.pause(Duration.ofMillis(50));
        }
    }
}
