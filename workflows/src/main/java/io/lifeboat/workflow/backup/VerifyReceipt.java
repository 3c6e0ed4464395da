package io.lifeboat.workflow.backup;

import io.lifeboat.workflow.Fact;
import io.lifeboat.workflow.Receipt;
import java.util.List;

/**
 * A backup whose stored bytes are what its signed manifest says.
 *
 * @param holders who can open it, each alone
 * @param basedOn the backups without which it cannot be restored, which were verified too; none for a full one
 * @param seconds on the worker's monotonic clock
 */
public record VerifyReceipt(
        String datastore,
        String id,
        String region,
        int parts,
        long storedBytes,
        List<String> holders,
        List<String> basedOn,
        double seconds)
        implements Receipt {
    public VerifyReceipt {
        holders = List.copyOf(holders);
        basedOn = List.copyOf(basedOn);
    }

    @Override
    public String sentence() {
        return id + " of " + datastore + " in " + region + " is whole: its signature holds and "
                + ByteCount.text(storedBytes) + " are as the manifest says."
                + (basedOn.isEmpty() ? "" : " So is what it is based on: " + String.join(", ", basedOn) + ".");
    }

    @Override
    public List<Fact> facts() {
        return List.of(new Fact(
                "verified " + id,
                region + ", " + parts + " parts, " + storedBytes + " bytes in " + seconds + " s; can be opened by "
                        + String.join(", ", holders)));
    }
}
