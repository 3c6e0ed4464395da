package io.lifeboat.activity.fence;

import static io.lifeboat.activity.database.PostgresPair.EAST;
import static io.lifeboat.activity.database.PostgresPair.WEST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lifeboat.activity.database.PostgresPair;
import io.lifeboat.activity.epoch.RecordingEpochGate;
import io.lifeboat.runbook.FenceDriver;
import io.lifeboat.runbook.Ledger;
import io.lifeboat.workflow.Fact;
import io.lifeboat.workflow.FailureType;
import io.lifeboat.workflow.epoch.Epoch;
import io.lifeboat.workflow.fence.FenceActivities.Fence;
import io.lifeboat.workflow.fence.FenceReceipt;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.postgresql.util.PSQLException;

class DatabaseFencerIT {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    @AutoClose
    private static PostgresPair pair;

    private final RecordingEpochGate gate = new RecordingEpochGate();
    private final DatabaseFencer fencer = new DatabaseFencer(pair.databases(), gate);

    @BeforeAll
    static void startPair() throws SQLException {
        pair = PostgresPair.start();
        try (Connection service = pair.service(EAST)) {
            pair.execute(service, "CREATE TABLE attempts (at timestamptz NOT NULL DEFAULT clock_timestamp())");
        }
    }

    @AfterEach
    void lift() {
        gate.moveTo(0);
        fencer.lift(request(1, EAST, TIMEOUT));
    }

    @Test
    void letsNoWriteThroughAfterTheProofHoweverHardWritersTry() throws SQLException {
        try (StubbornWriters writers = new StubbornWriters(pair, EAST)) {
            for (int round = 1; round <= 5; round++) {
                writers.awaitWrites();

                FenceReceipt receipt = fencer.fence(request(1, EAST, TIMEOUT));
                String proven = serverClock();

                assertThat(receipt.proven()).as(receipt.observation()).isTrue();
                writers.awaitRefusals();
                writers.pause();
                fencer.lift(request(1, EAST, TIMEOUT));
                assertThat(count("SELECT count(*) FROM attempts WHERE at > '" + proven + "'"))
                        .isZero();
                writers.resume();
            }
        }
    }

    @Test
    void endsSessionsAndRefusesSuperusersToo() throws SQLException {
        try (Connection idle = pair.service(EAST)) {
            FenceReceipt receipt = fencer.fence(request(1, EAST, TIMEOUT));

            assertThat(receipt.proven()).isTrue();
            assertThat(receipt.facts()).contains(new Fact("orders-db sessions ended", "1"));
            assertThatThrownBy(() -> pair.execute(idle, "SELECT 1")).isInstanceOf(PSQLException.class);
        }
        assertThatThrownBy(() -> pair.administrator(EAST, "orders"))
                .isInstanceOfSatisfying(
                        PSQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("55000"));
    }

    @Test
    void hasNoProofWhileASuperuserSessionIsOpen() throws SQLException {
        try (Connection superuser = pair.administrator(EAST, "orders")) {
            FenceReceipt receipt = fencer.fence(request(1, EAST, Duration.ofSeconds(1)));

            assertThat(superuser.isValid(1)).isTrue();
            assertThat(receipt.proven()).isFalse();
            assertThat(receipt.observation()).contains("1 of [postgres]");
        }
    }

    @Test
    void statesPreparedTransactionsThatNobodyCanCommit() throws SQLException {
        try (Connection service = pair.service(EAST)) {
            pair.execute(service, "BEGIN; INSERT INTO attempts DEFAULT VALUES; PREPARE TRANSACTION 'half'");
        }

        FenceReceipt receipt = fencer.fence(request(1, EAST, TIMEOUT));

        assertThat(receipt.proven()).isTrue();
        assertThat(receipt.facts()).anyMatch(fact -> fact.label().equals("orders-db prepared transactions"));
        try (Connection elsewhere = pair.administrator(EAST, "postgres")) {
            assertThatThrownBy(() -> pair.execute(elsewhere, "COMMIT PREPARED 'half'"))
                    .isInstanceOf(PSQLException.class);
        }
        fencer.lift(request(1, EAST, TIMEOUT));
        try (Connection service = pair.service(EAST)) {
            pair.execute(service, "ROLLBACK PREPARED 'half'");
        }
    }

    @Test
    void fencesTwiceAndLiftsTwice() throws SQLException {
        assertThat(fencer.fence(request(1, EAST, TIMEOUT)).proven()).isTrue();
        assertThat(fencer.fence(request(1, EAST, TIMEOUT)).proven()).isTrue();

        assertThat(fencer.lift(request(1, EAST, TIMEOUT)).detail()).contains("accepts connections again");
        assertThat(fencer.lift(request(1, EAST, TIMEOUT)).detail()).contains("no fence was up");
        assertThat(count("SELECT 1")).isEqualTo(1);
    }

    @Test
    void takesNoStandbyForProof() {
        FenceReceipt receipt = fencer.fence(request(1, WEST, TIMEOUT));

        assertThat(receipt.proven()).isFalse();
        assertThat(receipt.observation()).contains("is a standby", "anybody may promote it");
    }

    @Test
    void takesSilenceForNoProof() {
        try (PostgresPair gone = PostgresPair.primaryOnly()) {
            DatabaseFencer fencerOfTheDead = new DatabaseFencer(gone.databases(), gate);
            gone.kill(EAST);

            FenceReceipt receipt = fencerOfTheDead.fence(request(1, EAST, TIMEOUT));

            assertThat(receipt.proven()).isFalse();
            assertThat(receipt.observation())
                    .contains("connection refused", "no proof: it may run where Lifeboat cannot see it")
                    .doesNotContain(PostgresPair.CANARY);
            assertThatThrownBy(() -> fencerOfTheDead.lift(request(1, EAST, TIMEOUT)))
                    .matches(FailureType.UNAVAILABLE::is);
        }
    }

    @Test
    void changesNothingInAStaleEpoch() throws SQLException {
        gate.moveTo(2);

        assertThatThrownBy(() -> fencer.fence(request(1, EAST, TIMEOUT))).matches(FailureType.STALE_EPOCH::is);

        assertThat(count("SELECT 1")).isEqualTo(1);
    }

    private static Fence request(long epoch, String region, Duration timeout) {
        return new Fence(
                new Epoch("orders", epoch, "failover/orders/1#run", new Ledger(WEST, "ledger")),
                region,
                new FenceDriver.Database(timeout),
                List.of(pair.datastore(Duration.ofSeconds(60))),
                List.of());
    }

    private static String serverClock() throws SQLException {
        try (Connection admin = pair.administrator(EAST, "postgres")) {
            return first(admin, "SELECT clock_timestamp()");
        }
    }

    private static int count(String sql) throws SQLException {
        try (Connection service = pair.service(EAST)) {
            return Integer.parseInt(first(service, sql));
        }
    }

    private static String first(Connection session, String sql) throws SQLException {
        try (Statement statement = session.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
