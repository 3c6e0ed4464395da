package io.lifeboat.workflow.restore;

import io.lifeboat.workflow.Fact;
import io.lifeboat.workflow.Receipt;
import java.util.List;

/** What was opened and started again, in this order. Stays inside the workflow. */
record StartReceipt(String region, List<String> lifted) implements Receipt {
    @Override
    public String sentence() {
        return "Writers run in " + region + " again: " + String.join("; ", lifted) + ".";
    }

    @Override
    public List<Fact> facts() {
        return lifted.stream().map(what -> new Fact("started", what)).toList();
    }
}
