package io.lifeboat.worker;

import io.lifeboat.activity.backup.BackupPlace;
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
import io.lifeboat.worker.WorkerProperties.StorageLimit;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The figures of the moment of the scrape, as Prometheus wants them. What is not known is not there, which a gauge that is registered
 * once could not do: it would have to say something.
 */
final class BackupMetrics implements MultiCollector {
    /** Runbooks do not say yet how often a backup has to be proven. */
    private static final Duration PROOF_EXPECTED_EVERY = Duration.ofDays(14);

    private static final double SECONDS_PER_HOUR = 3600;
    private static final double SECONDS_PER_DAY = 86_400;
    private static final double MILLIS_PER_SECOND = 1000;

    private final Supplier<BackupFigures> source;
    private final Supplier<Map<ReceivedLog, Slot>> slots;
    private final Supplier<List<KeyFigures>> keys;
    private final List<StorageLimit> limits;

    /** @param slots of the datastores whose log this worker receives */
    BackupMetrics(
            Supplier<BackupFigures> source,
            Supplier<Map<ReceivedLog, Slot>> slots,
            Supplier<List<KeyFigures>> keys,
            List<StorageLimit> limits) {
        this.source = source;
        this.slots = slots;
        this.keys = keys;
        this.limits = List.copyOf(limits);
    }

    @Override
    public MetricSnapshots collect() {
        BackupFigures figures = source.get();
        Scrape scrape = new Scrape();
        figures.policies().forEach(policy -> {
            add(scrape, policy, figures.at());
            policy.holdings().forEach(holding -> add(scrape, policy, holding));
        });
        figures.catalogues().forEach(catalogue -> add(scrape, catalogue));
        limits.forEach(
                limit -> scrape.add(BackupMetric.STORAGE_LIMIT, limit.limit().bytes(), limit.region(), limit.bucket()));
        figures.logs().forEach(log -> add(scrape, log));
        slots.get().forEach((datastore, slot) -> add(scrape, datastore, slot));
        keys.get().forEach(key -> add(scrape, key, figures.at()));
        return scrape.snapshots();
    }

    private static void add(Scrape scrape, LogFigures log) {
        BackupPlace place = log.place();
        String[] names = {place.service(), place.datastore(), place.region(), place.bucket()};
        scrape.add(BackupMetric.LOG_SHIP, log.ship().toMillis() / MILLIS_PER_SECOND, names);
        scrape.add(
                BackupMetric.LOG_STORED,
                log.stored().map(stored -> stored.stored().getEpochSecond()),
                names);
        scrape.add(
                BackupMetric.LOG_POSITION,
                log.stored().map(stored -> stored.position().position()),
                names);
        if (log.isKnown()) {
            scrape.add(
                    BackupMetric.LOG_MISSING,
                    log.stored().map(StoredLog::missing).orElse(0L),
                    names);
            scrape.add(BackupMetric.LOG_SIZE, log.stored().map(StoredLog::bytes).orElse(0L), names);
        }
    }

    private static void add(Scrape scrape, ReceivedLog log, Slot slot) {
        scrape.add(BackupMetric.SLOT_RETAINED, slot.retainedBytes(), log.service(), log.datastore());
        scrape.add(BackupMetric.SLOT_SAFE, slot.safeBytes(), log.service(), log.datastore());
    }

    private static void add(Scrape scrape, KeyFigures key, Instant now) {
        String[] names = {key.dataClass(), key.age().holder()};
        switch (key.age()) {
            case KeyAge.Known known -> {
                scrape.add(BackupMetric.KEY_AGE, known.at(now).toSeconds() / SECONDS_PER_DAY, names);
                scrape.add(BackupMetric.KEY_READABLE, 1, names);
            }
            case KeyAge.Unknown unknown -> scrape.add(BackupMetric.KEY_READABLE, 0, names);
        }
    }

    private static void add(Scrape scrape, PolicyFigures policy, Instant now) {
        String[] names = {policy.service(), policy.datastore(), policy.policy(), policy.type()};
        scrape.add(BackupMetric.EXPECTED_INTERVAL, policy.every().toSeconds(), names);
        if (policy.provable()) {
            scrape.add(BackupMetric.PROOF_EXPECTED_INTERVAL, PROOF_EXPECTED_EVERY.toSeconds(), names);
        }
        scrape.add(BackupMetric.SUCCESS, policy.fresh().map(BackupMetrics::claim), names);
        scrape.add(
                BackupMetric.AGE,
                policy.newest().map(taken -> Duration.between(taken, now).toSeconds() / SECONDS_PER_HOUR),
                names);
        scrape.add(BackupMetric.LAST_SUCCESS, policy.newest().map(Instant::getEpochSecond), names);
        scrape.add(BackupMetric.LAST_SIZE, policy.newestBytes(), names);
        scrape.add(BackupMetric.PROVEN, policy.proven().map(Instant::getEpochSecond), names);
    }

    private static void add(Scrape scrape, PolicyFigures policy, Holding holding) {
        String[] names = {
            policy.service(), policy.datastore(), policy.policy(), policy.type(), holding.region(), holding.bucket()
        };
        scrape.add(BackupMetric.COUNT, holding.backups(), names);
        scrape.add(BackupMetric.TOTAL_SIZE, holding.storedBytes(), names);
        scrape.add(BackupMetric.UNFINISHED, holding.unfinished(), names);
        scrape.add(BackupMetric.UNFINISHED_SINCE, holding.unfinishedSince().map(Instant::getEpochSecond), names);
        scrape.add(BackupMetric.COPIES_MISSING, holding.missing(), names);
    }

    private static void add(Scrape scrape, CatalogueFigures catalogue) {
        BackupPlace place = catalogue.place();
        String[] names = {place.service(), place.datastore(), place.region(), place.bucket()};
        scrape.add(BackupMetric.CATALOGUE_UP, catalogue.readable().map(BackupMetrics::claim), names);
        scrape.add(BackupMetric.CATALOGUE_LAST_SUCCESS, catalogue.lastRead().map(Instant::getEpochSecond), names);
        scrape.add(BackupMetric.STORED, catalogue.storedBytes(), names);
    }

    private static int claim(boolean holds) {
        return holds ? 1 : 0;
    }

    /** What one scrape gets. */
    private static final class Scrape {
        private final Map<BackupMetric, List<GaugeDataPointSnapshot>> points = new EnumMap<>(BackupMetric.class);

        /** @param names values of the metric's labels, in their order */
        void add(BackupMetric metric, Optional<? extends Number> value, String... names) {
            value.ifPresent(known -> add(metric, known, names));
        }

        void add(BackupMetric metric, Number value, String... names) {
            Labels labels = Labels.of(metric.labels().toArray(String[]::new), names);
            points.computeIfAbsent(metric, m -> new ArrayList<>())
                    .add(GaugeDataPointSnapshot.builder()
                            .value(value.doubleValue())
                            .labels(labels)
                            .build());
        }

        MetricSnapshots snapshots() {
            return new MetricSnapshots(points.entrySet().stream()
                    .map(entry -> snapshot(entry.getKey(), entry.getValue()))
                    .toList());
        }

        private static MetricSnapshot snapshot(BackupMetric metric, List<GaugeDataPointSnapshot> points) {
            GaugeSnapshot.Builder snapshot =
                    GaugeSnapshot.builder().name(metric.text()).help(metric.help());
            points.forEach(snapshot::dataPoint);
            return snapshot.build();
        }
    }
}
