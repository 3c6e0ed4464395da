package io.lifeboat.activity.pulse;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lifeboat.activity.storage.ObjectStore;
import io.lifeboat.activity.storage.StoredObject;
import io.lifeboat.workflow.FailureType;
import io.lifeboat.workflow.WireFormat;
import java.io.IOException;
import java.util.List;

/** One object for each pulse of a datastore: {@code pulse/<service>/<datastore>/<pulse name>.json}. */
public final class ObjectStorePulseStore implements PulseStore {
    private static final ObjectMapper JSON = WireFormat.mapper();

    private final ObjectStore objects;
    private final String bucket;

    public ObjectStorePulseStore(ObjectStore objects, String bucket) {
        this.objects = objects;
        this.bucket = bucket;
    }

    @Override
    public void save(PulseRecord pulse) {
        objects.put(bucket, folder(pulse.service(), pulse.datastore()) + pulse.pulse() + ".json", write(pulse));
    }

    @Override
    public List<PulseRecord> load(String service, String datastore) {
        return objects.list(bucket, folder(service, datastore)).stream()
                .filter(key -> key.endsWith(".json"))
                .flatMap(key -> objects.get(bucket, key).map(object -> read(key, object)).stream())
                .toList();
    }

    private static String folder(String service, String datastore) {
        return "pulse/" + service + "/" + datastore + "/";
    }

    private static byte[] write(PulseRecord pulse) {
        try {
            return JSON.writeValueAsBytes(pulse);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a pulse record cannot be written as JSON", e);
        }
    }

    private PulseRecord read(String key, StoredObject object) {
        try {
            return JSON.readValue(object.bytes(), PulseRecord.class);
        } catch (IOException e) {
            throw FailureType.UNAVAILABLE.failure(
                    "Cannot count lost writes by the pulse: object \"" + key + "\" in bucket \"" + bucket
                            + "\" is no pulse record. Delete it if no pulse writes it any more.",
                    e);
        }
    }
}
