package io.lifeboat.workflow.restore;

import io.lifeboat.workflow.Fact;
import io.lifeboat.workflow.Receipt;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A backup that was recovered in an isolated instance and was as it must be.
 *
 * @param reached where the log was replayed to
 * @param lastCommit of the transactions replayed, on the source's clock; absent when none was
 * @param recoveredTimeline the timeline replayed last
 * @param unpackedBytes of the backup's files
 * @param unpackSeconds opening, decompressing and writing them
 * @param recoverySeconds from the server's start to the end of its recovery
 * @param writableSeconds from the beginning to the first accepted write
 * @param checks what was asked of it, each as expected
 */
public record RecoveryReceipt(
        String id,
        String reached,
        Optional<Instant> lastCommit,
        long recoveredTimeline,
        long unpackedBytes,
        double unpackSeconds,
        long replayedBytes,
        double recoverySeconds,
        double writableSeconds,
        List<Check> checks)
        implements Receipt {

    /** @param seen what was found, with what was expected where that is not the same */
    public record Check(String name, boolean passed, String seen) {}

    public RecoveryReceipt {
        checks = List.copyOf(checks);
    }

    @Override
    public String sentence() {
        return id + " was recovered to " + reached + " and accepted writes after " + writableSeconds + " s; "
                + checks.size() + " of " + checks.size() + " checks passed; the instance was destroyed.";
    }

    @Override
    public List<Fact> facts() {
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact(
                "restored",
                unpackedBytes + " bytes in " + unpackSeconds + " s, " + replayedBytes + " bytes of log in "
                        + recoverySeconds + " s"));
        lastCommit.ifPresent(at -> facts.add(new Fact("last commit", at.toString())));
        checks.forEach(check -> facts.add(new Fact(check.name(), check.seen())));
        return facts;
    }
}
