package io.lifeboat.workflow.epoch;

import io.lifeboat.workflow.Fact;
import io.lifeboat.workflow.Receipt;
import java.util.List;

/**
 * The epoch object as it was seen after the write.
 *
 * @param object bucket and key
 * @param etag version of the object
 */
public record EpochReceipt(Epoch epoch, String activeRegion, String object, String etag) implements Receipt {
    @Override
    public String sentence() {
        return "Epoch " + epoch.number() + " of " + epoch.service() + " is held by this run.";
    }

    @Override
    public List<Fact> facts() {
        return List.of(
                new Fact("epoch", Long.toString(epoch.number())),
                new Fact("object", object),
                new Fact("version", etag),
                new Fact("active region on record", activeRegion));
    }
}
