package io.lifeboat.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.lifeboat.activity.backup.BackupPlace;
import io.lifeboat.activity.database.Lsn;
import io.lifeboat.activity.encryption.KeyAge;
import io.lifeboat.activity.metric.BackupFigures;
import io.lifeboat.activity.metric.CatalogueFigures;
import io.lifeboat.activity.metric.KeyFigures;
import io.lifeboat.activity.metric.LogFigures;
import io.lifeboat.activity.metric.PolicyFigures;
import io.lifeboat.activity.metric.PolicyFigures.Holding;
import io.lifeboat.activity.wal.ReceivedLog;
import io.lifeboat.activity.wal.StoredLog;
import io.lifeboat.activity.wal.WalServer.Slot;
import io.lifeboat.runbook.DataSize;
import io.lifeboat.worker.WorkerProperties.StorageLimit;
import io.micrometer.core.instrument.Clock;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BackupMetricsTest {
    private static final Instant NOW = Instant.parse("2026-11-21T07:30:00Z");
    private static final Instant TAKEN = Instant.parse("2026-11-21T02:00:00Z");
    private static final BackupPlace PLACE = new BackupPlace("us-west-2", "backups", "orders", "orders-db");
    private static final String OF_POLICY =
            "{datastore=\"orders-db\",policy=\"nightly\",service=\"orders\",type=\"postgresql-logical\"}";
    private static final String IN_WEST =
            "{bucket=\"backups\",datastore=\"orders-db\",policy=\"nightly\",region=\"us-west-2\","
                    + "service=\"orders\",type=\"postgresql-logical\"}";
    private static final String OF_PLACE =
            "{bucket=\"backups\",datastore=\"orders-db\",region=\"us-west-2\",service=\"orders\"}";

    private static final String OF_KEY = "{data_class=\"critical\",holder=\"us-west-2\"}";

    private static final String OF_DATASTORE = "{datastore=\"orders-db\",service=\"orders\"}";

    private List<KeyFigures> keys = List.of();
    private boolean provable = true;
    private Map<ReceivedLog, Slot> slots = Map.of();

    @Test
    void publishesEveryFigureUnderItsName() {
        BackupFigures figures = new BackupFigures(
                NOW,
                List.of(policy(
                        Optional.of(true),
                        Optional.of(TAKEN),
                        Optional.of(500L),
                        Optional.of(NOW),
                        List.of(new Holding("us-west-2", "backups", 7, 3600, 1, Optional.of(TAKEN), Optional.of(2L))))),
                List.of(new CatalogueFigures(PLACE, Optional.of(true), Optional.of(NOW), Optional.of(4000L))),
                List.of(new LogFigures(
                        PLACE,
                        Duration.ofSeconds(5),
                        true,
                        Optional.of(new StoredLog(1, Lsn.parse("0/3000000"), TAKEN, 2, 9000)))));
        slots = Map.of(
                new ReceivedLog("orders", "orders-db"),
                new Slot(true, Optional.empty(), 4096, "reserved", Optional.of(1000L)));

        keys = List.of(new KeyFigures(
                "critical",
                new KeyAge.Known(
                        "us-west-2", "arn:aws:kms:us-west-2:111122223333:key/1", NOW.minus(Duration.ofHours(2220)))));

        Map<String, Double> scraped = scrape(figures, new StorageLimit("us-west-2", "backups", new DataSize("500GB")));

        assertThat(scraped)
                .containsOnly(
                        Map.entry("backup_success" + OF_POLICY, 1.0),
                        Map.entry("backup_age_hours" + OF_POLICY, 5.5),
                        Map.entry("backup_total_size_bytes" + IN_WEST, 3600.0),
                        Map.entry("lifeboat_backup_last_success_timestamp_seconds" + OF_POLICY, seconds(TAKEN)),
                        Map.entry("lifeboat_backup_expected_interval_seconds" + OF_POLICY, 86_400.0),
                        Map.entry("lifeboat_backup_last_size_bytes" + OF_POLICY, 500.0),
                        Map.entry("lifeboat_backup_count" + IN_WEST, 7.0),
                        Map.entry("lifeboat_backup_proven_timestamp_seconds" + OF_POLICY, seconds(NOW)),
                        Map.entry("lifeboat_backup_proof_expected_interval_seconds" + OF_POLICY, 14 * 86_400.0),
                        Map.entry("lifeboat_backup_copies_missing" + IN_WEST, 2.0),
                        Map.entry("lifeboat_backup_unfinished" + IN_WEST, 1.0),
                        Map.entry("lifeboat_backup_unfinished_since_timestamp_seconds" + IN_WEST, seconds(TAKEN)),
                        Map.entry("lifeboat_backup_catalogue_up" + OF_PLACE, 1.0),
                        Map.entry("lifeboat_backup_catalogue_last_success_timestamp_seconds" + OF_PLACE, seconds(NOW)),
                        Map.entry("lifeboat_backup_stored_bytes" + OF_PLACE, 4000.0),
                        Map.entry("lifeboat_backup_storage_limit_bytes{bucket=\"backups\",region=\"us-west-2\"}", 5e11),
                        Map.entry("lifeboat_wal_archive_last_stored_timestamp_seconds" + OF_PLACE, seconds(TAKEN)),
                        Map.entry("lifeboat_wal_archive_expected_interval_seconds" + OF_PLACE, 5.0),
                        Map.entry("lifeboat_wal_archive_position_bytes" + OF_PLACE, (double) 0x3000000),
                        Map.entry("lifeboat_wal_archive_missing_segments" + OF_PLACE, 2.0),
                        Map.entry("lifeboat_wal_archive_stored_bytes" + OF_PLACE, 9000.0),
                        Map.entry("lifeboat_wal_slot_retained_bytes" + OF_DATASTORE, 4096.0),
                        Map.entry("lifeboat_wal_slot_safe_bytes" + OF_DATASTORE, 1000.0),
                        Map.entry("lifeboat_backup_key_age_days" + OF_KEY, 92.5),
                        Map.entry("lifeboat_backup_key_readable" + OF_KEY, 1.0))
                .hasSameSizeAs(BackupMetric.values());
    }

    @Test
    void saysThatAKeyDoesNotTellItsAgeInPlaceOfTheAge() {
        keys = List.of(new KeyFigures(
                "critical",
                new KeyAge.Unknown("us-west-2", "arn:aws:kms:us-west-2:111122223333:key/1", "it did not answer")));

        assertThat(scrape(new BackupFigures(NOW, List.of(), List.of(), List.of())))
                .containsOnly(Map.entry("lifeboat_backup_key_readable" + OF_KEY, 0.0));
    }

    @Test
    void publishesNothingForWhatIsNotKnown() {
        BackupFigures figures = new BackupFigures(
                NOW,
                List.of(policy(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), List.of())),
                List.of(
                        new CatalogueFigures(PLACE, Optional.of(false), Optional.empty(), Optional.empty()),
                        new CatalogueFigures(
                                new BackupPlace("us-east-1", "backups", "orders", "orders-db"),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty())),
                List.of(new LogFigures(PLACE, Duration.ofSeconds(5), false, Optional.empty())));

        assertThat(scrape(figures))
                .containsOnly(
                        Map.entry("lifeboat_backup_expected_interval_seconds" + OF_POLICY, 86_400.0),
                        Map.entry("lifeboat_backup_proof_expected_interval_seconds" + OF_POLICY, 14 * 86_400.0),
                        Map.entry("lifeboat_backup_catalogue_up" + OF_PLACE, 0.0),
                        Map.entry("lifeboat_wal_archive_expected_interval_seconds" + OF_PLACE, 5.0));
    }

    @Test
    void noBackupIsNoSuccess() {
        BackupFigures figures = new BackupFigures(
                NOW,
                List.of(policy(
                        Optional.of(false),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        List.of(new Holding("us-west-2", "backups", 0, 0, 0, Optional.empty(), Optional.empty())))),
                List.of(),
                List.of());

        assertThat(scrape(figures))
                .containsEntry("backup_success" + OF_POLICY, 0.0)
                .containsEntry("lifeboat_backup_count" + IN_WEST, 0.0)
                .doesNotContainKey("backup_age_hours" + OF_POLICY)
                .doesNotContainKey("lifeboat_backup_copies_missing" + IN_WEST);
    }

    @Test
    void helpSaysWhatEachMetricMeans() {
        BackupFigures figures = new BackupFigures(
                NOW,
                List.of(policy(Optional.of(true), Optional.empty(), Optional.empty(), Optional.empty(), List.of())),
                List.of(),
                List.of());

        assertThat(text(figures))
                .contains("# HELP backup_success " + BackupMetric.SUCCESS.help() + "\n# TYPE backup_success gauge\n");
    }

    @Test
    void asksForNoProofOfWhatNoProcedureCanRestore() {
        provable = false;
        BackupFigures figures = new BackupFigures(
                NOW,
                List.of(policy(Optional.of(true), Optional.of(TAKEN), Optional.empty(), Optional.empty(), List.of())),
                List.of(),
                List.of());

        assertThat(text(figures))
                .contains("lifeboat_backup_expected_interval_seconds" + OF_POLICY)
                .doesNotContain("proof_expected_interval_seconds{");
    }

    private PolicyFigures policy(
            Optional<Boolean> fresh,
            Optional<Instant> newest,
            Optional<Long> newestBytes,
            Optional<Instant> proven,
            List<Holding> holdings) {
        return new PolicyFigures(
                "orders",
                "orders-db",
                "nightly",
                "postgresql-logical",
                Duration.ofDays(1),
                provable,
                fresh,
                newest,
                newestBytes,
                proven,
                holdings);
    }

    private Map<String, Double> scrape(BackupFigures figures, StorageLimit... limits) {
        return Scrape.samples(text(figures, limits));
    }

    private String text(BackupFigures figures, StorageLimit... limits) {
        PrometheusRegistry registry = new PrometheusRegistry();
        registry.register(new BackupMetrics(() -> figures, () -> slots, () -> keys, List.of(limits)));
        PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT, registry, Clock.SYSTEM);
        return meters.scrape();
    }

    private static double seconds(Instant instant) {
        return instant.getEpochSecond();
    }
}
