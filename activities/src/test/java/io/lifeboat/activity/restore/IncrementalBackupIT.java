package io.lifeboat.activity.restore;

import static io.lifeboat.activity.database.PostgresPair.EAST;
import static io.lifeboat.activity.database.PostgresPair.WEST;
import static io.lifeboat.activity.restore.IncrementalNights.BUCKET;
import static io.lifeboat.activity.restore.IncrementalNights.FIRST;
import static io.lifeboat.activity.restore.IncrementalNights.POLICY;
import static io.lifeboat.activity.restore.IncrementalNights.SECOND;
import static io.lifeboat.activity.restore.IncrementalNights.night;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lifeboat.activity.database.Eventually;
import io.lifeboat.activity.database.PostgresPair;
import io.lifeboat.activity.database.PostgresRelease;
import io.lifeboat.activity.wal.WalReceiver;
import io.lifeboat.runbook.SmokeTest;
import io.lifeboat.workflow.FailureType;
import io.lifeboat.workflow.backup.BackupReceipt;
import io.lifeboat.workflow.restore.MarkReceipt;
import io.lifeboat.workflow.restore.RecoveryReceipt;
import io.lifeboat.workflow.restore.RestoreActivities.Archived;
import io.lifeboat.workflow.restore.RestoreActivities.Marking;
import io.lifeboat.workflow.restore.RestoreActivities.Recovering;
import io.lifeboat.workflow.restore.RestoreActivities.Trimming;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A full base backup of a real PostgreSQL, two that hold what has changed since, and the way back from the last of them. */
@Order(1) // among the longest
class IncrementalBackupIT {
    private static final String RUN = "pitr/orders/1";

    /** Everything in it: rows, a table that is there or not, and a sequence. */
    private static final String STATE = """
            SELECT (SELECT count(*) || '/' || sum(id) || '/' || md5(string_agg(what, ',' ORDER BY id)) FROM things)
                   || ' ' || coalesce(to_regclass('doomed')::text, 'gone') || ' ' || (SELECT last_value FROM numbers)
            """;

    @TempDir
    private static Path root;

    @AutoClose
    private static IncrementalNights nights;

    private static BackupReceipt full;
    private static BackupReceipt second;
    private static BackupReceipt third;
    private static String state;
    private static String laterState;
    private static MarkReceipt mark;
    private static Set<Path> temporary;

    @BeforeAll
    static void takeThreeNights() throws Exception {
        Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwx--x--x"));
        nights = new IncrementalNights(PostgresRelease.PINNED, PostgresPair.primaryOnly());
        nights.summarize(EAST, true);
        temporary = temporaryFiles();
        DefaultRestoreActivities restores = nights.restores(root);
        WalReceiver receiver = nights.receiveLog();
        try {
            nights.sql(
                    EAST,
                    "CREATE TABLE things (id int PRIMARY KEY, what text)",
                    "INSERT INTO things SELECT g, repeat(md5(g::text), 20) FROM generate_series(1, 5000) g",
                    "CREATE TABLE doomed AS SELECT 1",
                    "CREATE SEQUENCE numbers");
            full = nights.take(21);
            nights.sql(
                    EAST,
                    "INSERT INTO things VALUES (6000, 'of the second night')",
                    "UPDATE things SET what = 'changed' WHERE id = 17",
                    "DROP TABLE doomed",
                    "SELECT setval('numbers', 4711)");
            second = nights.take(22);
            nights.sql(
                    EAST,
                    "INSERT INTO things VALUES (7000, 'of the third night')",
                    "DELETE FROM things WHERE id = 18",
                    "SELECT setval('numbers', 4712)");
            third = nights.take(23);
            state = nights.ask(EAST, STATE);
            nights.sql(EAST, "INSERT INTO things VALUES (8000, 'of the day after')", "SELECT setval('numbers', 4713)");
            laterState = nights.ask(EAST, STATE);
            mark = restores.mark(new Marking(nights.datastore, RUN, Optional.empty()));
            nights.sql(EAST, "DELETE FROM things");
            restores.awaitArchived(new Archived(
                    "orders",
                    "orders-db",
                    POLICY,
                    mark.systemIdentifier(),
                    mark.timeline(),
                    mark.position(),
                    mark.segment()));
        } finally {
            receiver.close();
        }
    }

    @Test
    void everyNightButTheFirstHoldsOnlyWhatHasChanged() {
        assertThat(full.position())
                .containsEntry("type", "full")
                .containsEntry("fullBecause", "there is none before it")
                .doesNotContainKey("basedOn");
        assertThat(second.position())
                .containsEntry("type", "incr")
                .containsEntry("basedOn", night(21))
                .doesNotContainKey("fullBecause");
        assertThat(third.position()).containsEntry("type", "incr").containsEntry("basedOn", night(22));
        assertThat(third.dataBytes()).isLessThan(full.dataBytes() / 2);
        assertThat(nights.chosen(nights.restores(root), 23).storedBytes())
                .isEqualTo(full.storedBytes() + second.storedBytes() + third.storedBytes());
    }

    @Test
    void goesBackToTheEndOfTheNewest() {
        RecoveryReceipt recovered = recover(23, Optional.empty(), state);

        assertThat(recovered.unpackedBytes()).isGreaterThan(full.dataBytes());
        assertThat(root).isEmptyDirectory();
    }

    @Test
    void goesBackToAMomentAfterTheNewest() {
        recover(23, Optional.of(mark), laterState);
    }

    @Test
    void noListOfFilesIsLeftOnTheWorker() throws IOException {
        Set<Path> made = temporaryFiles();
        made.removeAll(temporary);

        // Those of other tests go with their backups.
        Eventually.holds(Duration.ofSeconds(60), () -> made.stream().noneMatch(Files::exists));
    }

    @Test
    void damageToTheMiddleOneIsSeenBeforeAnythingIsRestored() {
        byte[] whole = nights.spoil(22);
        try {
            assertThatThrownBy(() -> recover(23, Optional.empty(), state))
                    .matches(FailureType.BACKUP_CORRUPT::is)
                    .hasMessageContaining("Cannot rely on backup " + night(23))
                    .hasMessageContaining("it needs backup " + night(22));
            assertThat(root).isEmptyDirectory();
            assertThatThrownBy(() -> nights.verify(23, FIRST))
                    .matches(FailureType.BACKUP_CORRUPT::is)
                    .hasMessageContaining(night(22));
        } finally {
            nights.mend(22, whole);
        }
        assertThat(nights.verify(23, FIRST).basedOn()).containsExactly(night(22), night(21));
    }

    @Test
    void middleOneThatIsMissingIsNamed() {
        String key = "orders/orders-db/" + night(22) + "/manifest.json";
        byte[] manifest = nights.first.bytes(BUCKET, key);
        nights.first.delete(BUCKET, key);
        try {
            assertThatThrownBy(() -> recover(23, Optional.empty(), state))
                    .matches(FailureType.BACKUP_CORRUPT::is)
                    .hasMessageContaining("it needs backup " + night(22));
            assertThat(root).isEmptyDirectory();
        } finally {
            nights.first.overwrite(BUCKET, key, manifest);
        }
    }

    /** Nights of their own, because they leave copies and other servers behind. */
    @Test
    void readsWhatIsDamagedFromItsCopyAndSaysWhyANightIsAFullOne() throws Exception {
        try (IncrementalNights others = new IncrementalNights(PostgresRelease.PINNED, PostgresPair.start())) {
            others.sql(EAST, "CREATE TABLE things AS SELECT 1 AS id");
            String begin = others.take(10).position().get("lsn");
            assertThat(others.take(11).position())
                    .containsEntry("type", "full")
                    .containsEntry("fullBecause", "summarize_wal is off on the server");
            others.summarize(EAST, true);
            BackupReceipt based = others.take(12);
            assertThat(based.position()).containsEntry("basedOn", night(11));
            others.copy(12);
            others.spoil(11);
            assertThat(others.verify(12, SECOND).basedOn()).containsExactly(night(11));
            assertThat(trimmedTo(others))
                    .as("the log is kept from the first full one on")
                    .isEqualTo(begin);
            DefaultRestoreActivities restores = others.restores(root);
            restores.recover(new Recovering(
                    "orders",
                    others.datastore,
                    POLICY,
                    others.chosen(restores, 12),
                    RUN,
                    Optional.empty(),
                    List.of(check("SELECT count(*) FROM things", "1"))));

            others.administer(EAST, "CHECKPOINT");
            Eventually.holds(
                    IncrementalNights.PATIENCE,
                    () -> others.isSummarizedAfter(based.position().get("lsn")));
            others.administer(EAST, "COPY (SELECT 1) TO PROGRAM 'cat > /dev/null; rm pg_wal/summaries/*'");
            assertThat(others.take(13).position())
                    .containsEntry("type", "full")
                    .extractingByKey("fullBecause")
                    .asString()
                    .startsWith("the server refuses an incremental one: WAL summaries are required on timeline 1");

            others.pair.kill(EAST);
            others.administer(WEST, "SELECT pg_promote()");
            others.summarize(WEST, true);
            assertThat(others.take(14).position())
                    .containsEntry("timeline", "2")
                    .containsEntry("type", "full")
                    .containsEntry(
                            "fullBecause", "the server is on timeline 2, and " + night(13) + " is of timeline 1");
            assertThat(others.take(15).position()).containsEntry("basedOn", night(14));
        }
    }

    @Test
    void takesFullOnesOfAServerThatIsTooOld() {
        try (IncrementalNights old = new IncrementalNights(
                PostgresRelease.DEBIAN_15, PostgresPair.primaryOnly(PostgresRelease.DEBIAN_15.programs(), Map.of()))) {
            old.take(21);

            assertThat(old.take(22).position())
                    .containsEntry("type", "full")
                    .containsEntry(
                            "fullBecause", "PostgreSQL 15 has no incremental base backups, 17 is the first that has");
        }
    }

    private static Set<Path> temporaryFiles() throws IOException {
        try (var files = Files.newDirectoryStream(Path.of(System.getProperty("java.io.tmpdir")), "lifeboat-*.tmp")) {
            Set<Path> found = new HashSet<>();
            files.forEach(found::add);
            return found;
        }
    }

    private static String trimmedTo(IncrementalNights others) throws SQLException {
        String system = others.ask(EAST, "SELECT system_identifier FROM pg_control_system()");
        return others.restores(root)
                .trim(new Trimming("orders", "orders-db", POLICY, system))
                .oldest();
    }

    private static RecoveryReceipt recover(int day, Optional<MarkReceipt> target, String expected) {
        DefaultRestoreActivities restores = nights.restores(root);
        return restores.recover(new Recovering(
                "orders",
                nights.datastore,
                POLICY,
                nights.chosen(restores, day),
                RUN,
                target,
                List.of(check(STATE, expected))));
    }

    private static SmokeTest.Sql check(String query, String expected) {
        return new SmokeTest.Sql("state", IncrementalNights.PATIENCE, "orders-db", query, expected);
    }
}
