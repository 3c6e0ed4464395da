package io.lifeboat.workflow.backup;

import io.lifeboat.workflow.Fact;
import io.lifeboat.workflow.Receipt;
import java.util.List;

/**
 * A gap in a log that somebody has accepted.
 *
 * @param region where it is written down
 * @param position the archive ends before the byte there
 */
public record GapReceipt(String datastore, String region, long timeline, String position, String by)
        implements Receipt {
    @Override
    public String sentence() {
        return by + " accepts that the log of " + datastore + " in " + region + " is missing from " + position
                + " on timeline " + timeline + " on, if the server no longer has it. Take a base backup now.";
    }

    @Override
    public List<Fact> facts() {
        return List.of();
    }
}
