package io.lifeboat.workflow.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.lifeboat.workflow.FailureType;
import io.temporal.client.WorkflowStub;
import io.temporal.failure.ApplicationFailure;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AcceptGapWorkflowTest {
    private static final Path ARCHIVING = Path.of("../runbooks/catalog/orders.yaml");
    private static final BackupRequest REQUEST =
            BackupRequest.of("orders").only(Optional.of("orders-db")).because("the disk was full", "ana");

    private final BackupRig rig = new BackupRig();

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void writesDownWhoAcceptsWhichGapAndWhy() {
        rig.backups.runbook = ARCHIVING;

        GapReceipt receipt = accept(REQUEST).getResult(GapReceipt.class);

        assertThat(rig.backups.calls).containsExactly("acceptGap orders-db by ana: the disk was full");
        assertThat(receipt.sentence())
                .startsWith("ana accepts that the log of orders-db in us-west-2 is missing from 0/3000000");
    }

    @Test
    void refusesOneThatNobodyAnswersForAndOneInALogThatIsNotKept() {
        ApplicationFailure nameless = BackupRig.failure(
                accept(BackupRequest.of("orders").only(Optional.of("orders-db")).because("the disk was full", " ")));
        ApplicationFailure unkept = BackupRig.failure(accept(REQUEST));

        assertThat(nameless.getType()).isEqualTo(FailureType.INVALID_REQUEST.name());
        assertThat(nameless.getOriginalMessage()).contains("\"requestedBy\" is missing, who accepts it");
        assertThat(unkept.getType()).isEqualTo(FailureType.PRECONDITION_FAILED.name());
        assertThat(unkept.getOriginalMessage()).contains("no policy of it in the runbook has an `archive`");
        assertThat(rig.backups.calls).isEmpty();
    }

    @Test
    void doesNotComeBetweenABackupRunAndItsEnd() throws InterruptedException {
        rig.backups.runbook = ARCHIVING;
        rig.backups.waits = true;
        rig.start(NightlyBackupWorkflow.TYPE, "backup/orders/1", BackupRequest.of("orders"));
        assertThat(rig.backups.planned.await(60, TimeUnit.SECONDS)).isTrue();

        assertThat(BackupRig.failure(accept(REQUEST)).getType()).isEqualTo(FailureType.ALREADY_RUNNING.name());
    }

    private WorkflowStub accept(BackupRequest request) {
        return rig.start(AcceptGapWorkflow.TYPE, "accept/" + request.hashCode(), request);
    }
}
