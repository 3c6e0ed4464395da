package io.lifeboat.activity.promotion;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lifeboat.activity.storage.ObjectStore;
import io.lifeboat.workflow.FailureType;
import io.lifeboat.workflow.WireFormat;
import io.lifeboat.workflow.epoch.Epoch;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Function;

/** One object for each promotion of an epoch: {@code promotion/<service>/<datastore>/<epoch>.json} in the ledger bucket. */
public final class ObjectStorePromotionIntents implements PromotionIntents {
    private static final ObjectMapper JSON = WireFormat.mapper();

    private final Function<String, ObjectStore> objects;

    /** @param objects the object store of a region */
    public ObjectStorePromotionIntents(Function<String, ObjectStore> objects) {
        this.objects = objects;
    }

    @Override
    public void record(Epoch epoch, PromotionIntent intent) {
        try {
            store(epoch).putIfAbsent(bucket(epoch), key(epoch, intent.datastore()), JSON.writeValueAsBytes(intent));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a promotion intent cannot be written as JSON", e);
        }
    }

    @Override
    public Optional<PromotionIntent> find(Epoch epoch, String datastore) {
        String key = key(epoch, datastore);
        return store(epoch).get(bucket(epoch), key).map(object -> {
            try {
                return JSON.readValue(object.bytes(), PromotionIntent.class);
            } catch (IOException e) {
                throw FailureType.UNAVAILABLE.failure(
                        "Cannot tell whether \"" + datastore + "\" was promoted before: object \"" + key
                                + "\" in bucket \"" + bucket(epoch) + "\" is no promotion intent. Look at it.",
                        e);
            }
        });
    }

    private ObjectStore store(Epoch epoch) {
        return objects.apply(epoch.ledger().region());
    }

    private static String bucket(Epoch epoch) {
        return epoch.ledger().bucket();
    }

    private static String key(Epoch epoch, String datastore) {
        return "promotion/" + epoch.service() + "/" + datastore + "/" + epoch.number() + ".json";
    }
}
