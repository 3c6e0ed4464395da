package io.lifeboat.workflow.fence;

import io.lifeboat.workflow.Fact;
import io.lifeboat.workflow.Receipt;
import java.util.List;

/**
 * What a fence driver achieved.
 *
 * @param proven whether it was observed, after the effect, that nothing in the region can write
 * @param observation what was seen: the proof, or why there is none
 * @param evidence the details behind it
 */
public record FenceReceipt(String region, String driver, boolean proven, String observation, List<Fact> evidence)
        implements Receipt {
    public FenceReceipt {
        evidence = List.copyOf(evidence);
    }

    @Override
    public String sentence() {
        String sentence = proven
                ? "No write is possible in " + region + ", proven by " + driver + ": " + observation
                : "Fence driver " + driver + " has no proof for " + region + ": " + observation;
        return sentence.endsWith(".") ? sentence : sentence + ".";
    }

    @Override
    public List<Fact> facts() {
        return evidence;
    }
}
