package io.lifeboat.workflow.restore;

import io.lifeboat.workflow.Fact;
import io.lifeboat.workflow.Receipt;
import java.time.Instant;
import java.util.List;

/** @param regions where the proof stands beside the backup now */
public record ProofReceipt(String id, Instant proven, List<String> regions) implements Receipt {
    public ProofReceipt {
        regions = List.copyOf(regions);
    }

    @Override
    public String sentence() {
        return id + " counts as proven at " + proven + ", in " + String.join(" and ", regions) + ".";
    }

    @Override
    public List<Fact> facts() {
        return List.of(new Fact("proven", proven.toString()));
    }
}
