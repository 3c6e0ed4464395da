package io.lifeboat.activity.database.postgresql.pgbackrest;

import static io.lifeboat.activity.database.PostgresPair.WEST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lifeboat.activity.backup.BackupEngines;
import io.lifeboat.activity.backup.DefaultBackupActivities;
import io.lifeboat.activity.database.PostgresTool;
import io.lifeboat.activity.database.postgresql.PostgresLogicalBackup;
import io.lifeboat.activity.database.postgresql.PostgresSandbox;
import io.lifeboat.activity.restore.DefaultRestoreActivities;
import io.lifeboat.activity.restore.IsolatedInstances;
import io.lifeboat.runbook.BackupPolicy;
import io.lifeboat.runbook.BackupPolicy.Method;
import io.lifeboat.runbook.BucketPlace;
import io.lifeboat.runbook.Datastore;
import io.lifeboat.runbook.Keep;
import io.lifeboat.runbook.PgBackRestSettings;
import io.lifeboat.runbook.PgBackRestSettings.Between;
import io.lifeboat.workflow.FailureType;
import io.lifeboat.workflow.backup.BackupActivities.Listing;
import io.lifeboat.workflow.backup.BackupActivities.Pruning;
import io.lifeboat.workflow.backup.BackupActivities.Taking;
import io.lifeboat.workflow.backup.BackupActivities.Verifying;
import io.lifeboat.workflow.backup.BackupListing.Listed;
import io.lifeboat.workflow.backup.BackupReceipt;
import io.lifeboat.workflow.backup.RetentionReceipt.Fate;
import io.lifeboat.workflow.backup.VerifyReceipt;
import io.lifeboat.workflow.restore.ChosenBackup;
import io.lifeboat.workflow.restore.MarkReceipt;
import io.lifeboat.workflow.restore.RecoveryReceipt;
import io.lifeboat.workflow.restore.RestoreActivities.Archived;
import io.lifeboat.workflow.restore.RestoreActivities.Choosing;
import io.lifeboat.workflow.restore.RestoreActivities.Marking;
import io.lifeboat.workflow.restore.RestoreActivities.Recovering;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** A policy whose method is {@code pgbackrest}, from its first backup to the last one's removal, by the procedures' own activities. */
@Order(1) // among the longest
class PgBackRestPolicyIT {
    private static final String SERVICE = "orders";
    private static final String RUN = "pitr/orders/1";
    private static final BucketPlace PLACE = new BucketPlace(WEST, "backups");
    private static final String FIRST = "20261101T020000Z-files";
    private static final String SECOND = "20261102T020000Z-files";
    private static final String THIRD = "20261108T020000Z-files";

    private PgBackRestPrimary primary;
    private BackupPolicy policy;
    private Datastore datastore;
    private DefaultBackupActivities backups;
    private DefaultRestoreActivities restores;

    @BeforeEach
    void start() throws Exception {
        primary = PgBackRestPrimary.start();
        primary.execute("GRANT EXECUTE ON FUNCTION pg_switch_wal() TO lifeboat");
        policy = policy(Duration.ofDays(7));
        datastore = primary.datastore(policy);
        PgBackRestEngine engine = new PgBackRestEngine(Optional.empty(), PgBackRestPrimary.runAs());
        backups = new DefaultBackupActivities(
                primary.backupChains(),
                new BackupEngines(Map.of(Datastore.Kind.POSTGRESQL, Map.of(Method.PGBACKREST, engine))),
                primary.databases(),
                bytes -> {},
                Clock.systemUTC());
        PostgresSandbox sandbox = new PostgresSandbox(
                Optional.of(PostgresTool.debian(PgBackRestPrimary.MAJOR)), PgBackRestPrimary.runAs());
        restores = new DefaultRestoreActivities(
                primary.backupChains(),
                primary.databases(),
                new IsolatedInstances(
                        primary.backupChains(),
                        sandbox,
                        engine,
                        new PostgresLogicalBackup(Optional.empty()),
                        primary.folder("isolated"),
                        bytes -> {},
                        Clock.systemUTC()),
                Clock.systemUTC());
    }

    @AfterEach
    void stop() throws IOException {
        if (primary != null) {
            primary.close();
        }
    }

    @Test
    void isTakenListedVerifiedProvenAndRemoved() throws Exception {
        BackupReceipt full = take(FIRST, policy);
        BackupReceipt incr = take(SECOND, policy);

        assertThat(full.position()).containsEntry("type", "full");
        assertThat(incr.position()).containsEntry("type", "incr").containsEntry("basedOn", FIRST);
        assertThat(listed()).extracting(Listed::id).containsExactly(SECOND, FIRST);
        assertThat(listed().getLast().storedBytes())
                .isGreaterThan(full.storedBytes())
                .isLessThan(full.storedBytes() + 100_000);
        assertThat(full.storedBytes()).isGreaterThan(1_000_000);
        assertThat(full.dataBytes()).isGreaterThan(full.storedBytes());

        assertThat(verify(SECOND).storedBytes()).isEqualTo(incr.storedBytes());
        proveToAMoment();

        assertThat(removed(policy)).as("the full one carries the other").isEmpty();
        take(THIRD, policy(Duration.ZERO));
        assertThat(removed(policy)).containsExactly(SECOND, FIRST);
        assertThat(removed(policy)).isEmpty();
        assertThat(primary.repository().look().sets())
                .extracting(set -> set.id().orElseThrow())
                .containsExactly(THIRD);
        assertThat(listed()).extracting(Listed::id).containsExactly(THIRD);
    }

    @Test
    void damageInTheRepositoryIsFoundThroughThePolicy() throws Exception {
        take(FIRST, policy);
        Path file;
        try (Stream<Path> files = Files.walk(primary.stored("backup/orders"))) {
            file = files.filter(f -> f.getFileName().toString().equals("1255.zst"))
                    .findFirst()
                    .orElseThrow();
        }
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);

        assertThatThrownBy(() -> verify(FIRST)).matches(FailureType.BACKUP_CORRUPT::is);
    }

    /** As PitrTest does it; the marker's segment is not full, and has to be ended before it is archived. */
    private void proveToAMoment() {
        MarkReceipt mark = restores.mark(new Marking(datastore, RUN, Optional.empty()));
        restores.awaitArchived(new Archived(
                SERVICE,
                datastore.name(),
                policy,
                mark.systemIdentifier(),
                mark.timeline(),
                mark.position(),
                mark.segment()));
        ChosenBackup chosen = restores.choose(
                new Choosing(SERVICE, datastore, policy, Optional.empty(), Optional.of(mark.target()), 0));
        RecoveryReceipt recovered =
                restores.recover(new Recovering(SERVICE, datastore, policy, chosen, RUN, Optional.of(mark), List.of()));

        assertThat(chosen.id()).isEqualTo(SECOND);
        assertThat(recovered.checks())
                .hasSize(3)
                .allSatisfy(check -> assertThat(check.passed()).as(check.name()).isTrue());
    }

    private BackupReceipt take(String id, BackupPolicy by) {
        return backups.take(new Taking(SERVICE, datastore, by, id));
    }

    private VerifyReceipt verify(String id) {
        return backups.verify(new Verifying(SERVICE, datastore.name(), policy, id, PLACE));
    }

    private List<Listed> listed() {
        return backups.list(new Listing(SERVICE, List.of(datastore), 20))
                .series()
                .getFirst()
                .backups();
    }

    private List<String> removed(BackupPolicy by) {
        return backups
                .prune(new Pruning(SERVICE, datastore.name(), by, PLACE, Instant.parse("2099-01-01T00:00:00Z"), false))
                .decisions()
                .stream()
                .filter(decided -> decided.fate() == Fate.REMOVE)
                .map(decided -> decided.id())
                .toList();
    }

    private BackupPolicy policy(Duration full) {
        return new BackupPolicy(
                "files",
                Method.PGBACKREST,
                Duration.ofDays(1),
                "critical",
                PLACE,
                List.of(),
                new Keep(0, 1, 0, 0, 0),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(new PgBackRestSettings(
                        PgBackRestPrimary.STANZA,
                        1,
                        primary.stanza().config().map(Path::toString),
                        full,
                        Between.INCR)),
                Optional.empty());
    }
}
