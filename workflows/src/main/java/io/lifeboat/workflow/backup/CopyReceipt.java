package io.lifeboat.workflow.backup;

import io.lifeboat.workflow.Fact;
import io.lifeboat.workflow.Receipt;
import java.util.List;

/**
 * A backup that exists in a second place too.
 *
 * @param mended older backups that were missing there and were copied as well
 * @param unmended one sentence for each older backup that is still missing there
 * @param seconds on the worker's monotonic clock
 */
public record CopyReceipt(
        String datastore,
        String id,
        String from,
        String to,
        long storedBytes,
        List<String> mended,
        List<String> unmended,
        double seconds)
        implements Receipt {
    public CopyReceipt {
        mended = List.copyOf(mended);
        unmended = List.copyOf(unmended);
    }

    @Override
    public String sentence() {
        return id + " of " + datastore + " is in " + to + " as well; every byte was compared with its manifest."
                + (mended.isEmpty() ? "" : " So are now " + String.join(", ", mended) + ", which were missing there.")
                + (unmended.isEmpty() ? "" : " Still missing: " + String.join(" ", unmended));
    }

    @Override
    public List<Fact> facts() {
        return List.of(new Fact("copy " + id, from + " → " + to + ", " + storedBytes + " bytes in " + seconds + " s"));
    }
}
