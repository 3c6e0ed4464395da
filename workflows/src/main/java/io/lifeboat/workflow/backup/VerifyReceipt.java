package io.lifeboat.workflow.backup;

import io.lifeboat.workflow.Fact;
import io.lifeboat.workflow.Receipt;
import java.util.List;

/**
 * A backup whose stored bytes are what its signed manifest says.
 *
 * @param holders who can open it, each alone
 * @param seconds on the worker's monotonic clock
 */
public record VerifyReceipt(
        String datastore, String id, String region, int parts, long storedBytes, List<String> holders, double seconds)
        implements Receipt {
    public VerifyReceipt {
        holders = List.copyOf(holders);
    }

    @Override
    public String sentence() {
        return id + " of " + datastore + " in " + region + " is whole: its signature holds and "
                + ByteCount.text(storedBytes) + " are as the manifest says.";
    }

    @Override
    public List<Fact> facts() {
        return List.of(new Fact(
                "verified " + id,
                region + ", " + parts + " parts, " + storedBytes + " bytes in " + seconds + " s; can be opened by "
                        + String.join(", ", holders)));
    }
}
