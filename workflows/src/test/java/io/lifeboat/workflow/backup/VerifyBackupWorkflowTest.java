package io.lifeboat.workflow.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.lifeboat.workflow.FailureType;
import io.temporal.failure.ApplicationFailure;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Execution(ExecutionMode.CONCURRENT)
class VerifyBackupWorkflowTest {
    @Test
    void verifiesEveryPlaceBeforeItJudges() {
        try (BackupRig rig = new BackupRig()) {
            rig.backups.fail("verify orders-db in us-west-2", FailureType.BACKUP_CORRUPT);

            ApplicationFailure failure = verify(rig);

            assertThat(failure.getType()).isEqualTo(FailureType.BACKUP_CORRUPT.name());
            assertThat(failure.getOriginalMessage())
                    .contains("a test says so.")
                    .contains("20261121T020000Z-nightly of orders-db in us-east-1 is whole");
        }
    }

    /** The first place is us-west-2. */
    @ParameterizedTest
    @CsvSource({
        "TARGET_NOT_FOUND,    TARGET_NOT_FOUND,    TARGET_NOT_FOUND",
        "TARGET_NOT_FOUND,    ,                    BACKUP_CORRUPT",
        ",                    TARGET_NOT_FOUND,    BACKUP_CORRUPT",
        "PRECONDITION_FAILED, BACKUP_CORRUPT,      BACKUP_CORRUPT",
        "BACKUP_CORRUPT,      PRECONDITION_FAILED, BACKUP_CORRUPT",
        "BACKUP_CORRUPT,      TARGET_NOT_FOUND,    BACKUP_CORRUPT",
        "TARGET_NOT_FOUND,    PRECONDITION_FAILED, PRECONDITION_FAILED",
        "PRECONDITION_FAILED, TARGET_NOT_FOUND,    PRECONDITION_FAILED",
        "PRECONDITION_FAILED, ,                    PRECONDITION_FAILED",
    })
    void judgesByTheWorstOfItsPlaces(@Nullable FailureType first, @Nullable FailureType second, FailureType expected) {
        try (BackupRig rig = new BackupRig()) {
            Optional.ofNullable(first).ifPresent(type -> rig.backups.fail("verify orders-db in us-west-2", type));
            Optional.ofNullable(second).ifPresent(type -> rig.backups.fail("verify orders-db in us-east-1", type));

            ApplicationFailure failure = verify(rig);

            assertThat(failure.getType()).isEqualTo(expected.name());
        }
    }

    @Test
    void saysWhichBackupNoPlaceHas() {
        try (BackupRig rig = new BackupRig()) {
            rig.backups.fail("verify orders-db in us-west-2", FailureType.TARGET_NOT_FOUND);
            rig.backups.fail("verify orders-db in us-east-1", FailureType.TARGET_NOT_FOUND);

            ApplicationFailure failure = verify(rig);

            assertThat(failure.getOriginalMessage())
                    .startsWith("Cannot verify backup 20261121T020000Z-nightly of orders/orders-db: no place has it."
                            + " See what there is with 'lifeboat backups list orders'.");
        }
    }

    private static ApplicationFailure verify(BackupRig rig) {
        return BackupRig.failure(rig.start(
                VerifyBackupWorkflow.TYPE,
                "backup/orders/verify",
                BackupRequest.of("orders").backup("20261121T020000Z-nightly")));
    }
}
