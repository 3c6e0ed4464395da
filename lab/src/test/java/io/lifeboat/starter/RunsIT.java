package io.lifeboat.starter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lifeboat.lab.process.Deadline;
import io.lifeboat.workflow.SearchAttributes;
import io.temporal.client.WorkflowOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Which run of a service is meant, by the search of a real Temporal server; every test has a service of its own. */
@Timeout(120)
class RunsIT {
    @TempDir
    private static Path folder = Path.of("");

    @AutoClose
    private static TestTemporal temporal;

    private static Runs runs;

    @BeforeAll
    static void startTemporal() throws IOException {
        temporal = TestTemporal.start(folder);
        runs = new Runs(temporal.client());
    }

    @Test
    void serviceThatWasOnlyBackedUpShowsItsLastBackup() {
        end(started("NightlyBackup", "alpha", "alpha/1"));
        end(started("SmokeRestore", "alpha", "alpha/2"));
        end(started("ListBackups", "alpha", "alpha/asked"));

        assertThat(runs.newest("alpha").workflowId()).isEqualTo("alpha/2");
        assertThat(runs.reported("alpha").workflowId()).isEqualTo("alpha/2");
        assertThat(runs.newest("alpha/1").workflowId()).isEqualTo("alpha/1");
    }

    @Test
    void backupThatGoesOnIsShownBeforeAFailoverThatEnded() {
        end(started("RegionFailover", "bravo", "bravo/failover"));
        started("NightlyBackup", "bravo", "bravo/backup");

        assertThat(runs.newest("bravo").workflowId()).isEqualTo("bravo/backup");
        assertThat(runs.reported("bravo").workflowId()).isEqualTo("bravo/failover");
    }

    @Test
    void runThatPeopleDecideAboutIsShownBeforeABackupThatGoesOn() {
        started("RestoreDatastore", "charlie", "charlie/restore");
        started("NightlyBackup", "charlie", "charlie/backup");

        assertThat(runs.newest("charlie").workflowId()).isEqualTo("charlie/restore");
        assertThat(runs.running("charlie").workflowId()).isEqualTo("charlie/restore");
    }

    @Test
    void failoverThatEndedIsShownBeforeABackupThatEndedAfterIt() {
        end(started("RegionFailover", "delta", "delta/failover"));
        end(started("NightlyBackup", "delta", "delta/backup"));

        assertThat(runs.newest("delta").workflowId()).isEqualTo("delta/failover");
    }

    @Test
    void nobodyDecidesAboutABackup() {
        started("NightlyBackup", "echo", "echo/backup");

        assertThatThrownBy(() -> runs.running("echo"))
                .isInstanceOf(CommandException.class)
                .hasMessageStartingWith("No run of \"echo\" runs");
    }

    /** Returns when the search finds it. */
    private static String started(String type, String service, String workflowId) {
        temporal.client()
                .newUntypedWorkflowStub(
                        type,
                        WorkflowOptions.newBuilder()
                                .setWorkflowId(workflowId)
                                .setTaskQueue("nobody-listens")
                                .setTypedSearchAttributes(io.temporal.common.SearchAttributes.newBuilder()
                                        .set(SearchAttributes.SERVICE, service)
                                        .set(SearchAttributes.PROCEDURE, type)
                                        .build())
                                .build())
                .start();
        find(workflowId, "Running");
        return workflowId;
    }

    private static void end(String workflowId) {
        temporal.client().newUntypedWorkflowStub(workflowId).terminate("the test is done with it");
        find(workflowId, "Terminated");
    }

    private static void find(String workflowId, String status) {
        Deadline deadline = Deadline.after(Duration.ofSeconds(30));
        String query = "WorkflowId = '" + workflowId + "' AND ExecutionStatus = '" + status + "'";
        while (temporal.client().listExecutions(query).findAny().isEmpty()) {
            assertThat(deadline.passed()).as(workflowId + " found as " + status).isFalse();
            Deadline.pause(Duration.ofMillis(50));
        }
    }
}
