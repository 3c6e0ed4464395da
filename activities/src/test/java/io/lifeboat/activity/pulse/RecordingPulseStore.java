package io.lifeboat.activity.pulse;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Remembers in memory, and fails while it is told to. */
public final class RecordingPulseStore implements PulseStore {
    private final Map<String, PulseRecord> records = new ConcurrentHashMap<>();

    @Override
    public void save(PulseRecord pulse) {
        records.put(pulse.pulse(), pulse);
    }

    @Override
    public List<PulseRecord> load(String service, String datastore) {
        return records.values().stream()
                .filter(record -> record.service().equals(service))
                .filter(record -> record.datastore().equals(datastore))
                .toList();
    }

    public void forgetAll() {
        records.clear();
    }
}
