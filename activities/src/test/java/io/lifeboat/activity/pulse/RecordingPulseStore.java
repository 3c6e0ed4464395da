package io.lifeboat.activity.pulse;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Remembers in memory. */
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

    long highest() {
        return records.values().stream().mapToLong(PulseRecord::highest).max().orElse(0);
    }

    PulseRecord newest() {
        return records.values().iterator().next();
    }

    public void forgetAll() {
        records.clear();
    }
}
