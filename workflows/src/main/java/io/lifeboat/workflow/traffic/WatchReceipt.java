package io.lifeboat.workflow.traffic;

import io.lifeboat.workflow.Fact;
import io.lifeboat.workflow.Receipt;
import java.util.List;

/**
 * What a client would have seen during the watch.
 *
 * @param asked questions asked through the public name
 * @param good good answers among them
 */
public record WatchReceipt(String record, int asked, int good, double seconds) implements Receipt {
    @Override
    public String sentence() {
        return good + " of " + asked + " answers through " + record + " were good in " + seconds + " s.";
    }

    @Override
    public List<Fact> facts() {
        return List.of(new Fact("good answers", good + " of " + asked), new Fact("watched", seconds + " s"));
    }
}
