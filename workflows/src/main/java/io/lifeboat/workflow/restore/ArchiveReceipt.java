package io.lifeboat.workflow.restore;

import io.lifeboat.workflow.Fact;
import io.lifeboat.workflow.Receipt;
import java.util.List;

/**
 * The archive holds what is needed.
 *
 * @param position the archive's end
 * @param seconds waited, on the worker's monotonic clock
 */
public record ArchiveReceipt(String position, double seconds) implements Receipt {
    @Override
    public String sentence() {
        return "The archive holds the log up to " + position + ", after " + seconds + " s.";
    }

    @Override
    public List<Fact> facts() {
        return List.of(new Fact("archived up to", position));
    }
}
