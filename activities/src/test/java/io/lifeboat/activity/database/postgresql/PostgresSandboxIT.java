package io.lifeboat.activity.database.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lifeboat.activity.backup.BackupException;
import io.lifeboat.activity.backup.BackupException.Kind;
import io.lifeboat.activity.database.DatabaseException;
import io.lifeboat.activity.database.DatabaseInstance;
import io.lifeboat.activity.database.Lsn;
import io.lifeboat.activity.database.PostgresRelease;
import io.lifeboat.activity.manifest.Manifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** A base backup of a real PostgreSQL, through the whole chain, recovered to every kind of target. */
@Order(1) // among the longest
@ParameterizedClass(name = "{0}")
@EnumSource(PostgresRelease.class)
class PostgresSandboxIT {
    private static final RecoveryTarget END = new RecoveryTarget.EndOfArchive();

    @TempDir
    private Path spoiled;

    private static BackedUpPrimary primary;

    private final RecoverySandbox sandbox;

    PostgresSandboxIT(PostgresRelease release) {
        sandbox = new RecoverySandbox(primary, release);
    }

    @BeforeParameterizedClassInvocation
    static void takeBackupAndArchiveLog(PostgresRelease release) throws Exception {
        primary = BackedUpPrimary.start(release);
    }

    @AfterParameterizedClassInvocation
    static void stopPrimary() throws IOException {
        if (primary != null) {
            primary.close();
            primary = null;
        }
    }

    @AfterEach
    void destroySandbox() throws IOException {
        sandbox.close();
    }

    @Test
    void manifestSaysWhereTheBackupBeginsAndEnds() {
        RecoveryWindow window = RecoveryWindow.of(primary.backup());

        assertThat(primary.backup().method()).isEqualTo("basebackup");
        assertThat(primary.backup().parts()).extracting(Manifest.Part::name).containsExactly("base.tar");
        assertThat(primary.backup().source())
                .containsEntry("timeline", "1")
                .containsEntry("database", "orders")
                .containsKeys("systemIdentifier", "serverVersion");
        assertThat(Lsn.parse(primary.backup().source().get("lsn"))).isLessThan(window.lsn());
        assertThat(window.lsn()).isLessThan(primary.afterFirst());
        assertThat(window.time()).isAfter(primary.backup().began()).isBefore(primary.between());
        assertThat(primary.backup().tools().get("pg_basebackup")).startsWith("pg_basebackup (PostgreSQL) 1");
    }

    @Test
    void recoversToTheEndOfTheArchive() throws Exception {
        RecoveredInstance recovered = sandbox.recover(END);

        assertThat(sandbox.markers(recovered)).containsExactly("in the backup", "first", "second", "third");
        assertThat(recovered.recoveredTimeline()).isEqualTo(1);
        assertThat(recovered.timeline()).isEqualTo(2);
        assertThat(recovered.why()).isEqualTo("no recovery target specified");
        assertThat(recovered.lastCommit())
                .hasValueSatisfying(commit -> assertThat(commit).isAfter(primary.between()));
        assertThat(recovered.timings().unpackedBytes())
                .isEqualTo(primary.backup().parts().getFirst().sums().plainBytes());
        assertThat(recovered.timings().replayedBytes()).isGreaterThanOrEqualTo(3L << 20);
        assertThat(recovered.timings().toWritable())
                .isGreaterThan(
                        recovered.timings().unpack().plus(recovered.timings().recovery()));
        assertThat(sandbox.progress()).extracting(SandboxProgress::phase).contains(SandboxProgress.Phase.UNPACKING);
    }

    @Test
    void recoversToAMomentBetweenTwoCommits() throws Exception {
        RecoveredInstance recovered = sandbox.recover(new RecoveryTarget.Time(primary.between(), true));

        assertThat(sandbox.markers(recovered)).containsExactly("in the backup", "first");
        assertThat(recovered.lastCommit())
                .hasValueSatisfying(commit -> assertThat(commit).isBefore(primary.between()));
        assertThat(recovered.reached())
                .isGreaterThan(RecoveryWindow.of(primary.backup()).lsn());
    }

    @Test
    void recoversToALogPosition() throws Exception {
        RecoveredInstance recovered = sandbox.recover(new RecoveryTarget.Position(primary.afterFirst(), true));

        assertThat(sandbox.markers(recovered)).containsExactly("in the backup", "first");
        assertThat(recovered.reached()).isGreaterThanOrEqualTo(primary.afterFirst());
    }

    @Test
    void recoversToANamedPoint() throws Exception {
        RecoveredInstance recovered = sandbox.recover(new RecoveryTarget.Name("the point"));

        assertThat(sandbox.markers(recovered)).containsExactly("in the backup", "first");
        assertThat(recovered.why()).contains("the point");
    }

    @Test
    void needsNoArchiveForTheBackupAlone() throws Exception {
        RecoveredInstance recovered = sandbox.recover(new RecoveryTarget.Immediate(), new ArchiveInFolder(spoiled));

        assertThat(sandbox.markers(recovered)).containsExactly("in the backup");
    }

    @Test
    void refusesATargetBeforeTheBackupsEndAndNamesTheReachableWindow() {
        RecoveryWindow window = RecoveryWindow.of(primary.backup());

        assertThatThrownBy(() ->
                        sandbox.recover(new RecoveryTarget.Time(primary.backup().began(), true)))
                .isInstanceOfSatisfying(
                        BackupException.class, e -> assertThat(e.kind()).isEqualTo(Kind.PRECONDITION))
                .hasMessageContaining("any moment from " + window.time() + " (log position " + window.lsn() + ")");
        assertThatThrownBy(() -> sandbox.recover(new RecoveryTarget.Position(
                        Lsn.parse(primary.backup().source().get("lsn")), true)))
                .hasMessageContaining("older backup");
        assertThat(sandbox.folder()).doesNotExist();
    }

    @Test
    void isCutOffFromProductionAndFoundByItsFolderAloneUntilNothingIsLeft() throws Exception {
        RecoveredInstance recovered = sandbox.recover(new RecoveryTarget.Immediate());
        SandboxProcesses processes = sandbox.processes();

        Optional<DatabaseInstance> found = sandbox.sandboxes().find(sandbox.folder());

        assertThat(found).contains(recovered.instance());
        assertThat(sandbox.setting(recovered, "port")).isNotEqualTo(primary.ask("SHOW port"));
        assertThat(sandbox.setting(recovered, "archive_mode")).isEqualTo("off");
        assertThat(sandbox.setting(recovered, "primary_conninfo")).isEmpty();
        assertThat(sandbox.setting(recovered, "shared_preload_libraries")).isEmpty();
        assertThat(Files.readString(sandbox.folder().resolve("data/postgresql.conf")))
                .doesNotContain(BackedUpPrimary.PRODUCTION);
        assertThat(sandbox.setting(recovered, "max_logical_replication_workers"))
                .isEqualTo("0");
        assertThat(recovered.toString()).doesNotContain(sandbox.password(recovered));
        assertThat(Files.getPosixFilePermissions(sandbox.folder()))
                .isEqualTo(PosixFilePermissions.fromString("rwx------"));
        assertThat(processes.all()).isNotEmpty();
        sandbox.sandboxes().destroy(sandbox.folder());
        assertThat(sandbox.folder()).doesNotExist();
        assertThat(processes.all()).isEmpty();
        sandbox.sandboxes().destroy(sandbox.folder());
        assertThat(sandbox.sandboxes().find(sandbox.folder())).isEmpty();
    }

    @Test
    void replacesWhatAKilledWorkerLeftRunning() throws Exception {
        RecoveredInstance left = sandbox.recover(new RecoveryTarget.Immediate());

        RecoveredInstance next = sandbox.recover(new RecoveryTarget.Immediate());

        assertThatThrownBy(() -> sandbox.markers(left)).isInstanceOf(DatabaseException.class);
        assertThat(sandbox.markers(next)).containsExactly("in the backup");
        sandbox.processes().killAll();
        sandbox.sandboxes().destroy(sandbox.folder());
        assertThat(sandbox.folder()).doesNotExist();
    }

    @Test
    void strangerIsNotTakenForTheSandbox() {
        PostgresUri production = PostgresUri.parse(primary.uri());

        assertThatThrownBy(() -> Isolation.check(production, sandbox.folder()))
                .isInstanceOf(BackupException.class)
                .hasMessageContaining("Will not use the server");
    }

    @Test
    void touchesNoFolderThatIsNoSandbox() throws Exception {
        Path precious =
                Files.writeString(Files.createDirectory(sandbox.folder()).resolve("precious"), "keep me");
        try {
            assertThatThrownBy(() -> sandbox.recover(END))
                    .isInstanceOf(BackupException.class)
                    .hasMessageContaining("no sandbox");
            assertThatThrownBy(() -> sandbox.sandboxes().destroy(sandbox.folder()))
                    .isInstanceOf(BackupException.class);
            assertThat(precious).hasContent("keep me");
        } finally {
            Files.delete(precious);
        }
    }
}
