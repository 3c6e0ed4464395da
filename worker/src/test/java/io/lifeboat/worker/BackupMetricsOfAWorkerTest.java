package io.lifeboat.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

/** Started workers, scraped as Prometheus would, over two regions' buckets. */
@Order(1) // among the longest
@ExtendWith(OutputCaptureExtension.class)
@ResourceLock(Resources.SYSTEM_OUT)
class BackupMetricsOfAWorkerTest {
    private static final String OF_POLICY =
            "{datastore=\"orders-db\",policy=\"nightly\",service=\"orders\",type=\"postgresql-logical\"}";
    private static final String SUCCESS = "backup_success" + OF_POLICY;
    private static final String LAST_SUCCESS = "lifeboat_backup_last_success_timestamp_seconds" + OF_POLICY;
    private static final String UP_IN_WEST = "lifeboat_backup_catalogue_up"
            + "{bucket=\"lifeboat-backups\",datastore=\"orders-db\",region=\"us-west-2\",service=\"orders\"}";
    private static final String MISSING_IN_EAST = "lifeboat_backup_copies_missing"
            + "{bucket=\"lifeboat-backups\",datastore=\"orders-db\",policy=\"nightly\",region=\"us-east-1\","
            + "service=\"orders\",type=\"postgresql-logical\"}";

    private final HttpClient http = HttpClient.newHttpClient();
    private final Instant taken = Instant.now().minus(5, ChronoUnit.HOURS).truncatedTo(ChronoUnit.SECONDS);
    private ListedBuckets west;
    private ListedBuckets east;

    @BeforeEach
    void openBuckets() throws IOException {
        west = new ListedBuckets();
        east = new ListedBuckets();
        String backup = "orders/orders-db/" + text(taken) + "-nightly/";
        for (ListedBuckets region : new ListedBuckets[] {west, east}) {
            region.put(backup + "database.dump.zst.age", 4000);
            region.put(backup + "manifest.json", 96);
        }
        west.put(backup + "proven-" + text(taken.plusSeconds(60)) + ".json", 4);
    }

    @AfterEach
    void closeBuckets() {
        west.close();
        east.close();
    }

    @Test
    void saysWhatIsInTheBucketsAndTheSameRightAfterARestart() {
        Map<String, Double> before;
        try (ConfigurableApplicationContext worker = start("60s")) {
            before = await(worker, scraped -> scraped.containsKey(SUCCESS));
        }
        Map<String, Double> after;
        try (ConfigurableApplicationContext worker = start("60s")) {
            after = await(worker, scraped -> scraped.containsKey(SUCCESS));
        }

        assertThat(before)
                .containsEntry(SUCCESS, 1.0)
                .containsEntry(LAST_SUCCESS, (double) taken.getEpochSecond())
                .containsEntry(
                        "lifeboat_backup_proven_timestamp_seconds" + OF_POLICY, (double) taken.getEpochSecond() + 60)
                .containsEntry("lifeboat_backup_expected_interval_seconds" + OF_POLICY, 86_400.0)
                .containsEntry(MISSING_IN_EAST, 0.0)
                .containsEntry(UP_IN_WEST, 1.0)
                .containsEntry(
                        "lifeboat_backup_storage_limit_bytes{bucket=\"lifeboat-backups\",region=\"us-west-2\"}", 5e11)
                .hasEntrySatisfying(
                        "backup_age_hours" + OF_POLICY,
                        hours -> assertThat(hours).isCloseTo(5, within(0.1)));
        before.keySet().removeIf(BackupMetricsOfAWorkerTest::changesWithTheClock);
        after.keySet().removeIf(BackupMetricsOfAWorkerTest::changesWithTheClock);
        assertThat(after).isEqualTo(before);
    }

    @Test
    void withdrawsWhatItCannotReadAnyMoreAndSaysSoOnce(CapturedOutput output) {
        try (ConfigurableApplicationContext worker = start("200ms")) {
            await(worker, scraped -> scraped.containsKey(SUCCESS));

            west.goDown();
            east.goDown();

            Map<String, Double> scraped = await(worker, blind -> !blind.containsKey(SUCCESS));
            assertThat(scraped)
                    .containsEntry(UP_IN_WEST, 0.0)
                    .containsEntry("lifeboat_backup_expected_interval_seconds" + OF_POLICY, 86_400.0)
                    .doesNotContainKeys(LAST_SUCCESS, MISSING_IN_EAST, "backup_age_hours" + OF_POLICY);
            // A look that the outage interrupted fails at another question than those after it.
            assertThat(output.getOut().lines().flatMap(BackupMetricsOfAWorkerTest::reason))
                    .isNotEmpty()
                    .doesNotHaveDuplicates()
                    .allSatisfy(reason -> assertThat(reason).contains("the store answered 503"));
        }
    }

    private static Stream<String> reason(String line) {
        String words = "The backup metrics of orders/orders-db in us-west-2 are not known: ";
        return line.contains(words) ? Stream.of(line.substring(line.indexOf(words))) : Stream.empty();
    }

    private static boolean changesWithTheClock(String sample) {
        return !sample.matches("(lifeboat_)?backup_.*")
                || sample.startsWith("backup_age_hours")
                || sample.startsWith("lifeboat_backup_catalogue_last_success");
    }

    private Map<String, Double> await(ConfigurableApplicationContext worker, Predicate<Map<String, Double>> condition) {
        URI endpoint = URI.create("http://127.0.0.1:" + worker.getEnvironment().getRequiredProperty("local.server.port")
                + "/actuator/prometheus");
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (true) {
            Map<String, Double> scraped = scrape(endpoint);
            if (condition.test(scraped)) {
                return new HashMap<>(scraped);
            }
            assertThat(System.nanoTime()).as("within 60 s").isLessThan(deadline);
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
    }

    private Map<String, Double> scrape(URI endpoint) {
        try {
            return Scrape.samples(http.send(
                            HttpRequest.newBuilder(endpoint)
                                    .timeout(Duration.ofSeconds(60))
                                    .build(),
                            BodyHandlers.ofString())
                    .body());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private ConfigurableApplicationContext start(String every) {
        return new SpringApplicationBuilder(WorkerApplication.class)
                .run(
                        "--server.address=127.0.0.1",
                        "--server.port=0",
                        "--spring.temporal.test-server.enabled=true",
                        "--server.tomcat.basedir=target/tomcat",
                        "--lifeboat.runbooks="
                                + Path.of("../runbooks/catalog")
                                        .toAbsolutePath()
                                        .normalize(),
                        "--lifeboat.route53.region=us-east-1",
                        "--lifeboat.metrics.every=" + every,
                        "--lifeboat.metrics.storage-limits[0].region=us-west-2",
                        "--lifeboat.metrics.storage-limits[0].bucket=lifeboat-backups",
                        "--lifeboat.metrics.storage-limits[0].limit=500GB",
                        "--lifeboat.regions.us-west-2.kubernetes.url=http://127.0.0.1:1",
                        "--lifeboat.regions.us-west-2.object-store.endpoint=" + west.endpoint(),
                        "--lifeboat.regions.us-west-2.object-store.access-key=any",
                        "--lifeboat.regions.us-west-2.object-store.secret-key=any",
                        "--lifeboat.regions.us-east-1.kubernetes.url=http://127.0.0.1:1",
                        "--lifeboat.regions.us-east-1.object-store.endpoint=" + east.endpoint(),
                        "--lifeboat.regions.us-east-1.object-store.access-key=any",
                        "--lifeboat.regions.us-east-1.object-store.secret-key=any");
    }

    private static String text(Instant instant) {
        return DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'")
                .withZone(ZoneOffset.UTC)
                .format(instant);
    }
}
