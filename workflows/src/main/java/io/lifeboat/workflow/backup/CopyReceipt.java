package io.lifeboat.workflow.backup;

import io.lifeboat.workflow.Fact;
import io.lifeboat.workflow.Receipt;
import java.util.List;

/**
 * A backup that exists in a second place too.
 *
 * @param seconds on the worker's monotonic clock
 */
public record CopyReceipt(String datastore, String id, String from, String to, long storedBytes, double seconds)
        implements Receipt {
    @Override
    public String sentence() {
        return id + " of " + datastore + " is in " + to + " as well; every byte was compared with its manifest.";
    }

    @Override
    public List<Fact> facts() {
        return List.of(new Fact("copy " + id, from + " → " + to + ", " + storedBytes + " bytes in " + seconds + " s"));
    }
}
