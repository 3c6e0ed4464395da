package io.lifeboat.workflow.restore;

import io.lifeboat.workflow.Fact;
import io.lifeboat.workflow.Receipt;
import java.util.List;

/** @param oldest position that the oldest base backup kept begins at */
public record TrimReceipt(String oldest, int removed) implements Receipt {
    @Override
    public String sentence() {
        return removed + " segments before " + oldest + " were removed from the archive; no base backup needs them.";
    }

    @Override
    public List<Fact> facts() {
        return List.of();
    }
}
