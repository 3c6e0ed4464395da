package io.lifeboat.activity.epoch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.lifeboat.activity.storage.ObjectStore;
import io.lifeboat.activity.storage.ObjectsInMemory;
import io.lifeboat.activity.storage.StoredObject;
import io.lifeboat.runbook.Ledger;
import io.lifeboat.workflow.FailureType;
import io.lifeboat.workflow.epoch.EpochActivities.CloseEpoch;
import io.lifeboat.workflow.epoch.EpochActivities.TakeEpoch;
import io.lifeboat.workflow.epoch.EpochReceipt;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class DefaultEpochActivitiesTest {
    private static final Ledger LEDGER = new Ledger("west", "ledger");

    private final ObjectsInMemory objects = new ObjectsInMemory();
    private final EpochLedger ledger = new EpochLedger(region -> objects);
    private final DefaultEpochActivities epochs = new DefaultEpochActivities(ledger);

    @Test
    void sameRunAskingTwiceGetsTheSameEpoch() {
        EpochReceipt first = epochs.take(ask("run-1"));
        EpochReceipt second = epochs.take(ask("run-1"));

        assertThat(second).isEqualTo(first);
        assertThat(first.epoch().number()).isEqualTo(1);
    }

    @Test
    void nextRunGetsTheNextEpochAndTheOlderBecomesStale() {
        EpochReceipt older = epochs.take(ask("run-1"));
        EpochReceipt newer = new DefaultEpochActivities(new EpochLedger(region -> objects)).take(ask("run-2"));

        assertThat(newer.epoch().number()).isEqualTo(older.epoch().number() + 1);
        ledger.requireNewest(newer.epoch());
        assertThatThrownBy(() -> ledger.requireNewest(older.epoch())).matches(FailureType.STALE_EPOCH::is);
    }

    @Test
    void runThatIsOvertakenBetweenLookAndWriteGetsAConflictAndThenTheNextEpoch() {
        DefaultEpochActivities overtaken = new DefaultEpochActivities(new EpochLedger(region -> new Delegate(objects) {
            private boolean raced;

            @Override
            public Optional<StoredObject> get(String bucket, String key) {
                Optional<StoredObject> seen = super.get(bucket, key);
                if (!raced) {
                    raced = true;
                    epochs.take(ask("quicker"));
                }
                return seen;
            }
        }));

        assertThat(catchThrowable(() -> overtaken.take(ask("slower")))).matches(FailureType.CONFLICT::is);
        assertThat(ledger.residence(LEDGER, "orders").orElseThrow().epoch()).isEqualTo(1);
        assertThat(epochs.take(ask("slower")).epoch().number()).isEqualTo(2);
    }

    @Test
    void retryAfterALostReplyFindsItsOwnEpoch() {
        DefaultEpochActivities unlucky = new DefaultEpochActivities(new EpochLedger(region -> new Delegate(objects) {
            @Override
            public Optional<String> putIfAbsent(String bucket, String key, byte[] bytes) {
                assertThat(super.putIfAbsent(bucket, key, bytes)).isPresent();
                throw FailureType.UNAVAILABLE.failure("the reply was lost");
            }
        }));

        assertThatThrownBy(() -> unlucky.take(ask("run-1"))).matches(FailureType.UNAVAILABLE::is);
        assertThat(unlucky.take(ask("run-1")).epoch().number()).isEqualTo(1);
    }

    @Test
    void closeRecordsTheRegionOnceAndKeepsTheEpoch() {
        EpochReceipt taken = epochs.take(ask("run-1"));
        EpochReceipt closed = epochs.close(new CloseEpoch(taken.epoch(), "west"));

        assertThat(closed.activeRegion()).isEqualTo("west");
        assertThat(epochs.close(new CloseEpoch(taken.epoch(), "west"))).isEqualTo(closed);
        assertThat(ledger.residence(LEDGER, "orders")).contains(new EpochLedger.Residence("west", 1));
    }

    @Test
    void staleEpochCannotClose() {
        EpochReceipt older = epochs.take(ask("run-1"));
        epochs.take(ask("run-2"));

        assertThatThrownBy(() -> epochs.close(new CloseEpoch(older.epoch(), "west")))
                .matches(FailureType.STALE_EPOCH::is);
        assertThat(ledger.residence(LEDGER, "orders").orElseThrow().activeRegion())
                .isEqualTo("east");
    }

    @Test
    void objectThatIsNoEpochIsAFinalFailureThatNamesIt() {
        for (String text : List.of("{\"epoch\":", "null", "{}", "[]")) {
            objects.put("ledger", "epochs/orders.json", text.getBytes(StandardCharsets.UTF_8));

            assertThatThrownBy(() -> epochs.take(ask("run-1")))
                    .as(text)
                    .matches(FailureType.PRECONDITION_FAILED::is)
                    .hasMessageContaining("ledger/epochs/orders.json");
        }
    }

    private static TakeEpoch ask(String run) {
        return new TakeEpoch("orders", LEDGER, run, "east");
    }

    private static class Delegate implements ObjectStore {
        private final ObjectStore store;

        Delegate(ObjectStore store) {
            this.store = store;
        }

        @Override
        public Optional<StoredObject> get(String bucket, String key) {
            return store.get(bucket, key);
        }

        @Override
        public String put(String bucket, String key, byte[] bytes) {
            return store.put(bucket, key, bytes);
        }

        @Override
        public Optional<String> putIfAbsent(String bucket, String key, byte[] bytes) {
            return store.putIfAbsent(bucket, key, bytes);
        }

        @Override
        public Optional<String> putIfMatch(String bucket, String key, byte[] bytes, String etag) {
            return store.putIfMatch(bucket, key, bytes, etag);
        }

        @Override
        public List<String> list(String bucket, String prefix) {
            return store.list(bucket, prefix);
        }
    }
}
