package io.lifeboat.activity.epoch;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.lifeboat.activity.storage.ObjectStore;
import io.lifeboat.activity.storage.ObjectStores;
import io.lifeboat.activity.storage.StoredObject;
import io.lifeboat.runbook.Ledger;
import io.lifeboat.workflow.FailureType;
import io.lifeboat.workflow.WireFormat;
import io.lifeboat.workflow.epoch.Epoch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/** The newest epoch of each service: an object that is only ever replaced by compare-and-set. */
public final class EpochLedger implements EpochGate {
    private static final ObjectMapper JSON = WireFormat.mapper();

    private final ObjectStores stores;

    public EpochLedger(ObjectStores stores) {
        this.stores = stores;
    }

    /** @param etag version of the object, to be compared at the next write */
    record Found(EpochObject object, String etag) {}

    /** What the ledger says now; empty where no epoch was ever taken. */
    Optional<Found> find(Ledger ledger, String service) {
        return store(ledger).get(ledger.bucket(), key(service)).map(stored -> read(ledger, service, stored));
    }

    /** Where a service lives by the ledger, and the newest epoch. */
    public record Residence(String activeRegion, long epoch) {}

    public Optional<Residence> residence(Ledger ledger, String service) {
        return find(ledger, service)
                .map(f -> new Residence(f.object().activeRegion(), f.object().epoch()));
    }

    /** Writes if nobody else has written since; empty when someone has. */
    Optional<Found> write(Ledger ledger, EpochObject object, Optional<Found> over) {
        byte[] bytes = bytes(object);
        String key = key(object.service());
        Optional<String> etag = over.isPresent()
                ? store(ledger)
                        .putIfMatch(ledger.bucket(), key, bytes, over.get().etag())
                : store(ledger).putIfAbsent(ledger.bucket(), key, bytes);
        return etag.map(e -> new Found(object, e));
    }

    @Override
    public void requireNewest(Epoch epoch) {
        EpochObject newest = find(epoch.ledger(), epoch.service())
                .map(Found::object)
                .orElseThrow(() -> FailureType.UNAVAILABLE.failure("Cannot tell whether epoch " + epoch.number()
                        + " of \"" + epoch.service() + "\" is the newest: its object is not in the ledger bucket. "
                        + "Restore " + key(epoch.service()) + " there."));
        if (newest.epoch() != epoch.number() || !newest.run().equals(epoch.run())) {
            throw stale(epoch, newest.epoch());
        }
    }

    static RuntimeException stale(Epoch epoch, long newest) {
        return FailureType.STALE_EPOCH.failure("Cannot act for \"" + epoch.service() + "\" in epoch " + epoch.number()
                + ": the newest epoch is " + newest + ", so another run holds the service. Look for that run; this one"
                + " must end.");
    }

    static String key(String service) {
        return "epochs/" + service + ".json";
    }

    private ObjectStore store(Ledger ledger) {
        return stores.in(ledger.region());
    }

    private static Found read(Ledger ledger, String service, StoredObject stored) {
        try {
            EpochObject object = JSON.readValue(stored.bytes(), EpochObject.class);
            if (object != null && service.equals(object.service()) && object.epoch() > 0) {
                return new Found(object, stored.etag());
            }
        } catch (IOException e) {
            throw corrupt(ledger, service);
        }
        throw corrupt(ledger, service);
    }

    private static RuntimeException corrupt(Ledger ledger, String service) {
        return FailureType.PRECONDITION_FAILED.failure("Cannot read the epoch of \"" + service + "\": "
                + ledger.bucket() + "/" + key(service) + " in " + ledger.region()
                + " is not an epoch of that service. Nothing is changed without one; restore an older version of the"
                + " object.");
    }

    private static byte[] bytes(EpochObject object) {
        try {
            return JSON.writeValueAsBytes(object);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
