package io.lifeboat.activity.verification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lifeboat.activity.database.PostgresPair;
import io.lifeboat.activity.site.Settings;
import io.lifeboat.runbook.Setting;
import io.lifeboat.runbook.SmokeTest;
import io.lifeboat.runbook.Traffic;
import io.lifeboat.workflow.FailureType;
import io.lifeboat.workflow.verification.VerificationActivities.Verification;
import io.lifeboat.workflow.verification.VerificationReceipt;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** SQL smoke tests on a real PostgreSQL. */
class DefaultVerificationActivitiesIT {
    @AutoClose
    private static PostgresPair pair;

    @BeforeAll
    static void startPrimary() {
        pair = PostgresPair.primaryOnly();
    }

    @Test
    void rightAnswerPasses() {
        VerificationReceipt receipt = verify("SELECT 40 + 2", "42");

        assertThat(receipt.observed()).isEqualTo("answered 42");
        assertThat(receipt.tries()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SELECT 40 + 1             | answered 41",
                "SELECT 42 WHERE false     | answered no row",
                "SELECT count(*) FROM none | the relation does not exist",
                "CREATE TABLE none ()      | the server accepts no write",
                "SELECT pg_sleep(60)       | the server cancelled the statement for taking too long"
            })
    void otherAnswerFailsWithWhatWasSeen(String query, String seen) {
        assertThatThrownBy(() -> verify(query, "42"))
                .matches(FailureType.PRECONDITION_FAILED::is)
                .hasMessageContaining("did not pass in east")
                .hasMessageContaining(seen)
                .hasMessageNotContaining(PostgresPair.CANARY);
    }

    private static VerificationReceipt verify(String query, String expect) {
        SmokeTest test = new SmokeTest.Sql("count", Duration.ofMillis(100), "orders-db", query, expect);
        Setting unused = new Setting("unused");
        return new DefaultVerificationActivities(new Settings(variable -> null), pair.databases())
                .verify(new Verification(
                        test,
                        PostgresPair.EAST,
                        new Traffic.Endpoint(PostgresPair.EAST, unused, unused, 0),
                        "orders.lifeboat.test",
                        List.of(pair.datastore(Duration.ofMinutes(1)))));
    }
}
