package io.lifeboat.activity.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.lifeboat.activity.storage.ObjectsInMemory;
import io.lifeboat.workflow.report.ReportLinks;
import io.lifeboat.workflow.report.RunReport;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.client.WorkflowOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DefaultReportActivitiesTest {
    private final ObjectsInMemory bucket = new ObjectsInMemory();
    private TestWorkflowEnvironment temporal;
    private RunReport draft;

    @BeforeEach
    void startRun() {
        temporal = TestWorkflowEnvironment.newInstance();
        WorkflowExecution run = temporal.getWorkflowClient()
                .newUntypedWorkflowStub(
                        "RegionFailover",
                        WorkflowOptions.newBuilder()
                                .setTaskQueue("lifeboat-control")
                                .setWorkflowId("failover/orders/1")
                                .build())
                .start();
        draft = Drafts.of(run.getWorkflowId(), run.getRunId(), Drafts.step(1, "Fence", 0));
    }

    @AfterEach
    void stopTemporal() {
        temporal.close();
    }

    @Test
    void reportIsInTheBucketAndInTheDirectory(@TempDir Path directory) {
        ReportLinks links = write(Optional.of(directory));

        assertThat(stored()).hasSize(3);
        assertThat(Path.of(URI.create(links.json())))
                .startsWith(directory)
                .content()
                .contains("\"orders\"");
        assertThat(links.html()).startsWith("file:").endsWith("/report.html");
        assertThat(write(Optional.of(directory))).isEqualTo(links);
    }

    @Test
    void reportWithoutADirectoryIsLinkedToTheBucket() {
        assertThat(write(Optional.empty()).markdown())
                .isEqualTo("s3://ledger/reports/orders/failover-orders-1/"
                        + draft.temporal().runId() + "/report.md");
    }

    @Test
    void directoryThatCannotBeWrittenLeavesTheReportInTheBucket(@TempDir Path folder) throws IOException {
        Path noDirectory = Files.writeString(folder.resolve("reports"), "a file");

        ReportLinks links = write(Optional.of(noDirectory));

        assertThat(stored()).hasSize(3);
        assertThat(links).isEqualTo(write(Optional.empty()));
    }

    private ReportLinks write(Optional<Path> directory) {
        return new DefaultReportActivities(temporal::getWorkflowClient, region -> bucket, directory).write(draft);
    }

    private List<String> stored() {
        return bucket.list("ledger", "reports/orders/");
    }
}
