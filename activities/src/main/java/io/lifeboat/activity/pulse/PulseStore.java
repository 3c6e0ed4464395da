package io.lifeboat.activity.pulse;

import java.util.List;

/** Where pulses remember acknowledged markers: outside the region whose loss they have to survive. */
public interface PulseStore {
    /** Replaces what is remembered of the record's pulse. Fails with {@code UNAVAILABLE} when that cannot be confirmed. */
    void save(PulseRecord pulse);

    /** What every pulse of a datastore remembered; empty when none ever ran. */
    List<PulseRecord> load(String service, String datastore);
}
