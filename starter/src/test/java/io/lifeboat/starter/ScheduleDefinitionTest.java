package io.lifeboat.starter;

import static org.assertj.core.api.Assertions.assertThat;

import io.lifeboat.runbook.CronExpression;
import io.lifeboat.runbook.Schedule;
import io.lifeboat.runbook.Schedule.Procedure;
import io.lifeboat.workflow.SearchAttributes;
import io.temporal.api.enums.v1.ScheduleOverlapPolicy;
import io.temporal.client.WorkflowOptions;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScheduleDefinitionTest {
    @ParameterizedTest
    @CsvSource({
        "NIGHTLY_BACKUP, , orders/NightlyBackup, backup/orders",
        "PITR_TEST, orders-db, orders/PitrTest/orders-db, pitr/orders/orders-db",
        "SMOKE_RESTORE, , orders/SmokeRestore, smoke-restore/orders"
    })
    void isNamedAfterWhatItIsAbout(Procedure procedure, String datastore, String id, String workflowId) {
        ScheduleDefinition definition = definition(procedure, Optional.ofNullable(datastore), Optional.empty());

        assertThat(definition.id()).isEqualTo(id);
        assertThat(definition.workflowId()).isEqualTo(workflowId);
    }

    @Test
    void startsTheProcedureWithOneObject() {
        ScheduleDefinition definition = definition(Procedure.PITR_TEST, Optional.of("orders-db"), Optional.empty());
        WorkflowOptions options = definition.action().getOptions();

        assertThat(definition.action().getWorkflowType()).isEqualTo("PitrTest");
        assertThat(definition.input())
                .isEqualTo(Map.of("service", "orders", "datastore", "orders-db", "reason", "schedule"));
        assertThat(options.getTaskQueue()).isEqualTo("lifeboat-control");
        assertThat(options.getTypedSearchAttributes().get(SearchAttributes.SERVICE))
                .isEqualTo("orders");
        assertThat(options.getTypedSearchAttributes().get(SearchAttributes.PROCEDURE))
                .isEqualTo("PitrTest");
        assertThat(options.getStaticSummary()).isEqualTo("PitrTest of orders, orders-db, by schedule");
        assertThat(options.getStaticDetails()).contains("orders/PitrTest/orders-db", "0 2 * * *", "Europe/Berlin");
    }

    @Test
    void neverLeavesToTheServerWhatTheServerWouldGuess() {
        ScheduleDefinition definition = definition(Procedure.NIGHTLY_BACKUP, Optional.empty(), Optional.empty());

        assertThat(definition.policy().getCatchupWindow()).isEqualTo(Duration.ofHours(24));
        assertThat(definition.policy().getOverlap()).isEqualTo(ScheduleOverlapPolicy.SCHEDULE_OVERLAP_POLICY_SKIP);
        assertThat(definition.policy().isPauseOnFailure()).isFalse();
        assertThat(definition.spec().getTimeZoneName()).isEqualTo("Europe/Berlin");
        assertThat(definition.spec().getJitter()).isZero();
        assertThat(definition.spec().getCronExpressions()).isEqualTo(List.of("0 2 * * * #0 2 * * *"));
    }

    @Test
    void hasTheSameHashOnlyForTheSameDefinition() {
        ScheduleDefinition one = definition(Procedure.NIGHTLY_BACKUP, Optional.empty(), Optional.empty());
        ScheduleDefinition same = definition(Procedure.NIGHTLY_BACKUP, Optional.empty(), Optional.empty());
        ScheduleDefinition other =
                definition(Procedure.NIGHTLY_BACKUP, Optional.empty(), Optional.of(Duration.ofMinutes(5)));

        assertThat(one.hash()).isEqualTo(same.hash()).isNotEqualTo(other.hash()).matches("[0-9a-f]{24}");
    }

    private static ScheduleDefinition definition(
            Procedure procedure, Optional<String> datastore, Optional<Duration> jitter) {
        return new ScheduleDefinition(
                "orders",
                new Schedule(
                        procedure,
                        datastore,
                        CronExpression.parse("0 2 * * *"),
                        ZoneId.of("Europe/Berlin"),
                        jitter,
                        Optional.empty(),
                        Optional.empty()));
    }
}
