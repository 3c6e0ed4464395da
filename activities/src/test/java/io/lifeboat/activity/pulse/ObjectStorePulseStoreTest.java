package io.lifeboat.activity.pulse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lifeboat.activity.database.Marker;
import io.lifeboat.activity.storage.ObjectsInMemory;
import io.lifeboat.workflow.FailureType;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ObjectStorePulseStoreTest {
    private final ObjectsInMemory objects = new ObjectsInMemory();
    private final ObjectStorePulseStore store = new ObjectStorePulseStore(objects, "ledger");

    @Test
    void remembersEachPulseOfADatastoreInAnObjectOfItsOwn() {
        PulseRecord first = record("orders-db", "pulse-1");
        PulseRecord second = record("orders-db", "pulse-2");

        store.save(first);
        store.save(second);
        store.save(record("orders-db-archive", "pulse-1"));

        assertThat(store.load("orders", "orders-db")).containsExactlyInAnyOrder(first, second);
        assertThat(objects.list("ledger", "pulse/"))
                .contains("pulse/orders/orders-db/pulse-1.json", "pulse/orders/orders-db/pulse-2.json");
    }

    @Test
    void replacesWhatAPulseRemembered() {
        PulseRecord before = record("orders-db", "pulse-1");
        PulseRecord after = before.acknowledged(new Marker("pulse-1", 2, 2000), "east", 7, 1);

        store.save(before);
        store.save(after);

        assertThat(store.load("orders", "orders-db")).containsExactly(after);
    }

    @Test
    void namesAnObjectThatIsNoPulseRecord() {
        objects.put("ledger", "pulse/orders/orders-db/stray.json", "no".getBytes(StandardCharsets.UTF_8));

        assertThatThrownBy(() -> store.load("orders", "orders-db"))
                .matches(FailureType.UNAVAILABLE::is)
                .hasMessageContaining("pulse/orders/orders-db/stray.json");
    }

    private static PulseRecord record(String datastore, String pulse) {
        return PulseRecord.empty("orders", datastore, pulse).acknowledged(new Marker(pulse, 1, 1000), "east", 7, 1);
    }
}
