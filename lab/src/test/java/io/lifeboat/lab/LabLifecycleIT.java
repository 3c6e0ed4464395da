package io.lifeboat.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lifeboat.lab.LabState.Region;
import io.lifeboat.lab.process.LabProcess;
import io.lifeboat.lab.process.LabProcesses;
import io.lifeboat.lab.process.Probe;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** What becomes of a lab: killed in part, crashed, put up twice, taken down. */
@Order(4)
class LabLifecycleIT {

    private static final String NAME = "life-" + ProcessHandle.current().pid();
    private static final String SECOND = NAME + "-b";

    @AfterEach
    void takeDown() {
        Lab.down(NAME);
        Lab.down(SECOND);
    }

    @Test
    void letsItsRoleFenceAndPromoteWithoutBeingSuperuser() throws Exception {
        Lab lab = up(NAME);
        Region primary = lab.state().primary();
        Region standby = lab.state().standby();

        try (Connection victim = LabDatabases.connect(lab, primary, "orders")) {
            LabDatabases.execute(
                    lab,
                    primary,
                    "postgres",
                    "alter database orders allow_connections false",
                    "select pg_terminate_backend(pid) from pg_stat_activity where datname = 'orders'");
            assertThat(victim.isValid(2)).isFalse();
        }
        assertThatThrownBy(() -> LabDatabases.connect(lab, primary, "orders"))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("55000"));
        LabDatabases.execute(
                lab,
                standby,
                "postgres",
                "select pg_promote(true, 30)",
                "alter database orders allow_connections true");
        LabDatabases.execute(lab, standby, "orders", "create table mark (n int)");

        assertThat(LabDatabases.query(lab, standby, "orders", "select pg_is_in_recovery()"))
                .isEqualTo("f");
        assertThat(LabDatabases.query(
                        lab, standby, "orders", "select rolsuper from pg_roles where rolname = current_user"))
                .isEqualTo("f");
    }

    @Test
    void leavesNothingOfAKilledRegionAndAllOfTheOther() {
        Lab lab = up(NAME);
        Region dead = lab.state().primary();

        int killed = lab.killRegion(dead.name());

        assertThat(killed).isGreaterThan(2);
        assertThat(LabProcesses.in(lab.folder().place(dead.name())).list()).isEmpty();
        assertThat(Probe.accepts(dead.address(), dead.databasePort())).isFalse();
        assertThat(Probe.accepts(dead.address(), dead.objectStorePort())).isFalse();
        assertThat(lab.status().isWhole(dead.name())).isFalse();
        assertThat(lab.status().isWhole(lab.state().standby().name())).isTrue();
    }

    @Test
    void leavesNoProcessNoPortAndNoFileWhenDown() throws Exception {
        Lab lab = up(NAME);
        Region primary = lab.state().primary();
        String segment = sharedMemorySegment(lab, primary);
        assertThat(sharedMemorySegments()).contains(segment);

        lab.down();

        assertThat(LabProcesses.in(lab.folder().path()).list()).isEmpty();
        assertThat(lab.folder().path()).doesNotExist();
        assertThat(Probe.accepts(primary.address(), primary.databasePort())).isFalse();
        assertThat(Probe.get(URI.create(lab.state().temporal().ui()))).isEmpty();
        assertThat(sharedMemorySegments()).doesNotContain(segment);
    }

    @Test
    void startsTwoLabsAtOnceAndRunsThemSideBySide() throws Exception {
        FutureTask<Lab> starting = new FutureTask<>(() -> up(NAME));
        Thread.ofVirtual().start(starting);
        Lab second = up(SECOND);
        Lab first = starting.get();

        assertThat(first.state().primary().address())
                .isNotEqualTo(second.state().primary().address());
        assertThat(first.status().parts()).allMatch(row -> row.state() == LabStatus.State.RUNNING);
        assertThat(second.status().parts()).allMatch(row -> row.state() == LabStatus.State.RUNNING);
        second.down();
        assertThat(first.status().parts()).allMatch(row -> row.state() == LabStatus.State.RUNNING);
    }

    @Test
    void cleansTheRemainsOfACrashedLab() {
        Lab crashed = up(NAME);
        for (Region region : crashed.state().regions()) {
            LabProcesses.in(crashed.folder().place(region.name()).resolve("postgresql"))
                    .killAll();
        }
        List<Long> remains = pids(crashed);

        Lab fresh = up(NAME);

        assertThat(remains).isNotEmpty();
        assertThat(pids(fresh)).doesNotContainAnyElementsOf(remains);
        assertThat(fresh.status().parts()).allMatch(row -> row.state() == LabStatus.State.RUNNING);
    }

    @Test
    void leavesNothingWhenAPortThatWasAskedForIsTaken() throws Exception {
        Path folder = LabFolder.of(NAME).path();
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            LabOptions options = LabOptions.named(NAME).withTemporalPort(taken.getLocalPort());

            assertThatThrownBy(() -> Lab.up(options, Progress.SILENT))
                    .isInstanceOf(LabException.class)
                    .hasMessageContaining("is in use by")
                    .hasMessageContaining("(pid " + ProcessHandle.current().pid() + ")");
        }
        assertThat(folder).doesNotExist();
    }

    private static Lab up(String name) {
        return Lab.up(LabOptions.named(name).withoutApplications(), Progress.SILENT);
    }

    private static List<Long> pids(Lab lab) {
        return LabProcesses.in(lab.folder().path()).list().stream()
                .map(LabProcess::pid)
                .toList();
    }

    /** The id that the server wrote down in the line "key id". */
    private static String sharedMemorySegment(Lab lab, Region region) throws Exception {
        Path lock = lab.folder().place(region.name()).resolve("postgresql/data/postmaster.pid");
        return Files.readAllLines(lock).get(6).strip().split("\\s+")[1];
    }

    private static List<String> sharedMemorySegments() throws Exception {
        return Files.readAllLines(Path.of("/proc/sysvipc/shm")).stream()
                .map(line -> line.strip().split("\\s+")[1])
                .toList();
    }
}
