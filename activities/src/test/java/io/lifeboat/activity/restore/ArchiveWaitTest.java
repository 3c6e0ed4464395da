package io.lifeboat.activity.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lifeboat.activity.database.Lsn;
import io.lifeboat.activity.wal.WalSegment;
import io.lifeboat.activity.wal.WalTimeline;
import io.lifeboat.runbook.BackupPolicy;
import io.lifeboat.runbook.RunbookReader;
import io.lifeboat.workflow.FailureType;
import io.lifeboat.workflow.restore.RestoreActivities.Archived;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class ArchiveWaitTest {
    private static final BackupPolicy BASE = new RunbookReader()
                    .read(Path.of("..", "runbooks", "catalog", "orders.yaml"))
                    .runbook()
                    .datastores()
                    .getFirst()
                    .backups()
                    .stream()
                    .filter(policy -> policy.archive().isPresent())
                    .findFirst()
                    .orElseThrow();

    @Test
    void endsAsSoonAsThePositionIsStored() {
        Queue<List<WalTimeline>> looks = new ArrayDeque<>(List.of(List.of(), List.of(upTo("0/6000000"))));

        ArchiveWait waiting = waiting(Duration.ofMinutes(1));

        assertThat(waiting.until(() -> waiting.of(looks.remove())).position()).isEqualTo("0/6000000");
    }

    @Test
    void saysWhatTheArchiveHoldsAndWhereToLookWhenItTakesTooLong() {
        ArchiveWait waiting = waiting(Duration.ZERO);

        assertThatThrownBy(() -> waiting.until(() -> waiting.of(List.of(upTo("0/4000000")))))
                .matches(FailureType.PRECONDITION_FAILED::is)
                .hasMessageContaining("should hold the log up to 0/5000000 by now, and after 0 s it ends at 0/4000000")
                .hasMessageContaining("\"Receiver of the log of orders/orders-db\"");
        assertThatThrownBy(() -> waiting.until(() -> waiting.of(List.of())))
                .hasMessageContaining("it holds nothing of timeline 1");
    }

    @Test
    void isPatientWithAReceiverThatHasToComeBack() {
        assertThat(ArchiveWait.patience(BASE)).isEqualTo(Duration.ofSeconds(135));
    }

    @Test
    void comparesSegmentsWhereTheServerArchivesThem() {
        ArchiveWait waiting = new ArchiveWait(
                new Archived(
                        "orders", "orders-db", BASE, "42", 1, "0/5000000", Optional.of("000000010000000000000005")),
                Duration.ZERO);

        assertThat(waiting.of(Optional.of("000000010000000000000005")).enough()).isTrue();
        assertThat(waiting.of(Optional.of("00000001000000010000000A")).enough()).isTrue();
        assertThat(waiting.of(Optional.of("000000010000000000000004")).enough()).isFalse();
        assertThatThrownBy(() -> waiting.until(() -> waiting.of(Optional.empty())))
                .hasMessageContaining("the log up to 000000010000000000000005 by now")
                .hasMessageContaining("it holds nothing of timeline 1");
    }

    private static ArchiveWait waiting(Duration patience) {
        return new ArchiveWait(
                new Archived("orders", "orders-db", BASE, "42", 1, "0/5000000", Optional.empty()), patience);
    }

    private static WalTimeline upTo(String position) {
        WalSegment segment = WalSegment.containing(1, Lsn.parse(position), 16 << 20);
        return new WalTimeline(1, segment, segment, List.of(), Lsn.parse(position), Instant.EPOCH);
    }
}
