package io.lifeboat.workflow.restore;

import io.lifeboat.workflow.Fact;
import io.lifeboat.workflow.Receipt;
import java.util.List;

/** @param oldest position that the oldest base backup kept begins at; empty where the log is trimmed together with the backups */
public record TrimReceipt(String oldest, int removed) implements Receipt {
    @Override
    public String sentence() {
        if (oldest.isEmpty()) {
            return "The log goes together with the backups that need it.";
        }
        return removed + " segments before " + oldest + " were removed from the archive; no base backup needs them.";
    }

    @Override
    public List<Fact> facts() {
        return List.of();
    }
}
