package io.lifeboat.workflow.restore;

import io.lifeboat.workflow.Fact;
import io.lifeboat.workflow.Receipt;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A backup that can be restored.
 *
 * @param region whose copy is read
 * @param reachableFrom the earliest moment it can go back to, on the source's clock; for a dump the only one
 * @param lastProof when a backup of its policy was proven last; absent when none was
 */
public record ChosenBackup(
        String id,
        String region,
        String bucket,
        String systemIdentifier,
        Instant reachableFrom,
        long storedBytes,
        Optional<Instant> lastProof)
        implements Receipt {
    @Override
    public String sentence() {
        return id + " in " + region + " can go back to any moment from " + reachableFrom + " on.";
    }

    @Override
    public List<Fact> facts() {
        return List.of(new Fact("backup", id + " in " + region + ", " + storedBytes + " bytes"));
    }
}
