package io.lifeboat.workflow.restore;

import io.lifeboat.workflow.Fact;
import io.lifeboat.workflow.Receipt;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A moment to go back to, and markers around it.
 *
 * @param target on the primary's clock
 * @param before number of the marker that must be there afterwards; absent where the moment was given
 * @param after number of the marker that must not be there
 * @param position everything up to the later marker is written before it
 * @param segment name of the segment of the log that the position lies in, where another program than Lifeboat archives it
 */
public record MarkReceipt(
        String region,
        Instant target,
        Optional<Long> before,
        long after,
        String systemIdentifier,
        long timeline,
        String position,
        Optional<String> segment)
        implements Receipt {
    @Override
    public String sentence() {
        return "The target is " + target + " on the clock of the primary in " + region + "; "
                + (before.isPresent()
                        ? "a marker was written before it and one after it."
                        : "a marker was written after it.");
    }

    @Override
    public List<Fact> facts() {
        return List.of(new Fact("target", target + ", timeline " + timeline + ", before " + position));
    }
}
