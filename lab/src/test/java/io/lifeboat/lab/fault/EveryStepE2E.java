package io.lifeboat.lab.fault;

import static java.util.stream.Collectors.averagingLong;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import io.lifeboat.lab.Lab;
import io.lifeboat.lab.LabOptions;
import io.lifeboat.lab.LabState.Kubernetes;
import io.lifeboat.lab.Part;
import io.lifeboat.lab.Progress;
import io.lifeboat.lab.fault.Procedure.Ended;
import io.lifeboat.lab.fault.Strike.Moment;
import io.lifeboat.lab.process.Probe;
import io.lifeboat.workflow.backup.BackupReceipt;
import io.lifeboat.workflow.backup.BackupRequest;
import io.lifeboat.workflow.backup.BackupResult;
import io.lifeboat.workflow.backup.NightlyBackupWorkflow;
import java.net.URI;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The whole lab: each procedure is carried out once undisturbed, and ends the same though the worker is killed twice inside each of
 * its steps, and though each step is executed twice. Only {@code ./mvnw verify -Pevery-step} runs it.
 */
@Tag("every-step")
@Timeout(1200)
@TestInstance(TestInstance.Lifecycle.PER_CLASS) // what comes out undisturbed is found out once
@TestMethodOrder(MethodOrderer.OrderAnnotation.class) // the next night comes after the others
@ResourceLock("worker") // each needs the processors while its worker starts
class EveryStepE2E {
    private static final String NAME = "e2e-steps";
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /** A worker looks at the buckets once in about a minute. */
    private static final Duration METRICS = Duration.ofMinutes(2);

    private final Map<Procedure, Carried> undisturbed = new EnumMap<>(Procedure.class);
    private Lab lab;
    private TemporalRuns temporal;
    private OrdersDatabase database;
    private FootprintReader footprints;
    private ArgumentLists arguments;
    private FaultFolder faults;
    private SupervisedWorker worker;
    private Fault ordered;

    /** @param come how much there is that was not there before, by what it is */
    private record Carried(
            String runId,
            List<ScheduledActivity> activities,
            List<String> outcome,
            SortedMap<String, Long> come,
            int deaths) {
        /** But for looks, which a busy database may need more of. */
        List<String> types() {
            return activities.stream()
                    .map(ScheduledActivity::type)
                    .filter(type -> !type.equals("Assessment_Assess"))
                    .sorted()
                    .toList();
        }
    }

    @BeforeAll
    @Timeout(900)
    void putUpAndCarryOutEachProcedureUndisturbed() throws Exception {
        lab = Lab.up(LabOptions.named(NAME).withKubernetes(Kubernetes.IN_PROCESS), Progress.SILENT);
        temporal = new TemporalRuns(lab.state().temporal());
        database = new OrdersDatabase(lab.state());
        footprints = new FootprintReader(lab, temporal, database);
        arguments = new ArgumentLists();
        faults = new FaultFolder(lab.folder().path().resolve("faults"));
        worker = SupervisedWorker.replacing(lab, faults);
        temporal.createSchedule("orders/NightlyBackup", "orders", false);
        temporal.createSchedule("orders/PitrTest", "orders", true);
        Patience.until(
                "there are orders",
                PATIENCE,
                () -> Integer.parseInt(database.ask("select count(*) from orders")) > 100);
        for (Procedure procedure : Procedure.values()) {
            undisturbed.put(procedure, carryOut(procedure, Fault.NONE));
        }
        faults.measured(durations());
    }

    /** Of each type of activity, so that a worker can be killed in the middle of one. */
    private Map<String, Duration> durations() {
        Map<String, Duration> durations = new TreeMap<>();
        undisturbed.values().stream()
                .flatMap(carried -> carried.activities().stream())
                .collect(groupingBy(
                        ScheduledActivity::type, averagingLong(a -> a.took().toMillis())))
                .forEach((type, millis) -> durations.put(type, Duration.ofMillis(Math.round(millis))));
        return durations;
    }

    @AfterAll
    void takeDown() throws Exception {
        if (worker != null) {
            worker.stop();
        }
        if (arguments != null) {
            arguments.stop();
        }
        if (temporal != null) {
            temporal.close();
        }
        Lab.down(NAME);
    }

    @Order(1)
    @ParameterizedTest
    @EnumSource(Procedure.class)
    void endsTheSameThoughEachStepIsExecutedTwice(Procedure procedure) throws Exception {
        Carried twice = carryOut(procedure, Fault.TWICE);

        assertEndedAsUndisturbed(procedure, twice);
        for (ScheduledActivity activity : twice.activities()) {
            assertThat(strikes(twice, activity)).as(activity.type()).contains(Moment.TWICE);
        }
    }

    @Order(2)
    @ParameterizedTest
    @EnumSource(Procedure.class)
    void endsTheSameThoughTheWorkerIsKilledInsideEachStepAndBeforeEachReport(Procedure procedure) throws Exception {
        Carried killed = carryOut(procedure, Fault.KILL);

        assertEndedAsUndisturbed(procedure, killed);
        for (ScheduledActivity activity : killed.activities()) {
            assertThat(strikes(killed, activity)).as(activity.type()).containsExactly(Moment.INSIDE, Moment.UNREPORTED);
        }
        assertThat(killed.deaths())
                .as("deaths of the worker, of which each has its strike; its log ends so: %s", worker.lastWords())
                .isEqualTo(2 * killed.activities().size());
    }

    @Order(3)
    @Test
    void theNextNightClearsAwayWhatKilledWorkersHadBegunToUpload() throws Exception {
        List<String> orphans = footprints.uploads();

        order(Fault.NEXT_NIGHT);
        BackupResult next = temporal.start(
                        NightlyBackupWorkflow.TYPE, "backup/orders/next-night", BackupRequest.of("orders"))
                .getResult(BackupResult.class);

        assertThat(next.backups()).extracting(BackupReceipt::policy).containsExactly("nightly");
        assertThat(orphans).isNotEmpty();
        assertThat(footprints.uploads()).isEmpty();
    }

    @Order(4)
    @Test
    void theMetricsCountWhatIsInTheBuckets() throws Exception {
        Part running = lab.parts().stream()
                .filter(part -> part.folder().equals("worker"))
                .findFirst()
                .orElseThrow();
        URI metrics = URI.create("http://" + running.address() + "/actuator/prometheus");
        Map<String, SortedSet<String>> objects = footprints.read().objects();

        for (String policy : List.of("nightly", "base")) {
            for (String region : List.of("us-west-2", "us-east-1")) {
                long expected =
                        objects.get("backups of " + policy + " in " + region).size();
                Patience.until(
                        policy + " is counted in " + region,
                        METRICS,
                        () -> sample(Probe.get(metrics), "lifeboat_backup_count", policy, region)
                                .equals(Optional.of((double) expected)));
            }
        }
    }

    @Order(5)
    @Test
    void noSecretIsFoundOutsideTheEnvironment() {
        Secrets secrets = Secrets.of(lab);
        List<Searchable> argumentLists = arguments.all();

        assertThat(secrets.foundIn(List.of(Secrets.file(lab.folder().state()))))
                .hasSizeGreaterThanOrEqualTo(secrets.values().size() / 2);
        assertThat(argumentLists)
                .anyMatch(list -> list.contains("pg_dump"))
                .anyMatch(list -> list.contains("pg_basebackup"));
        assertThat(secrets.foundIn(argumentLists)).isEmpty();
        assertThat(secrets.foundIn(temporal.histories())).isEmpty();
        assertThat(secrets.foundIn(Secrets.files(lab.folder().path().resolve("logs"))))
                .isEmpty();
        assertThat(secrets.foundIn(Secrets.files(lab.folder().reports()))).isEmpty();
        assertThat(secrets.foundIn(Secrets.files(
                        lab.folder().place(lab.state().standby().name()).resolve("temporal"))))
                .isEmpty();
    }

    private void order(Fault fault) throws InterruptedException {
        if (ordered != fault) {
            ordered = fault;
            faults.order(fault);
            worker.restart();
        }
    }

    private Carried carryOut(Procedure procedure, Fault fault) throws Exception {
        order(fault);
        int deaths = worker.deaths();
        Footprint before = footprints.read();
        Ended ended = procedure.run(temporal, database, fault.name().toLowerCase(Locale.ROOT));
        Footprint after = footprints.read();
        assertThat(after.standing()).isEqualTo(before.standing());
        return new Carried(
                ended.run().getExecution().getRunId(),
                temporal.activities(ended.run()),
                ended.outcome(),
                after.since(before),
                worker.deaths() - deaths);
    }

    private void assertEndedAsUndisturbed(Procedure procedure, Carried carried) {
        Carried expected = undisturbed.get(procedure);
        assertThat(carried.outcome()).isEqualTo(expected.outcome());
        assertThat(carried.types()).isEqualTo(expected.types());
        assertThat(carried.come()).isEqualTo(expected.come());
    }

    private List<Moment> strikes(Carried carried, ScheduledActivity activity) {
        return faults.strikes().stream()
                .filter(strike -> strike.runId().equals(carried.runId())
                        && strike.activityId().equals(activity.id()))
                .map(Strike::moment)
                .toList();
    }

    private static Optional<Double> sample(Optional<String> scrape, String metric, String policy, String region) {
        return scrape.stream()
                .flatMap(String::lines)
                .filter(line -> line.startsWith(metric + "{"))
                .filter(line ->
                        line.contains("policy=\"" + policy + "\"") && line.contains("region=\"" + region + "\""))
                .map(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .findFirst();
    }
}
