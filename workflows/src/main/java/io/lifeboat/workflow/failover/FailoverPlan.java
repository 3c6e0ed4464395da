package io.lifeboat.workflow.failover;

import io.lifeboat.workflow.runbook.PinnedRunbook;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What people agree to: this service, from here to there, by this runbook, after this epoch.
 *
 * @param afterEpoch newest epoch when the plan was made
 */
record FailoverPlan(String service, String mode, String from, String to, String runbookSha256, long afterEpoch) {

    static FailoverPlan of(PinnedRunbook pinned, Assessment assessment, String mode) {
        String from = assessment.activeRegion();
        return new FailoverPlan(
                pinned.runbook().service(),
                mode,
                from,
                pinned.runbook().otherRegion(from),
                pinned.sha256(),
                assessment.epoch());
    }

    /** SHA-256 over every component, first 16 hexadecimal digits: short enough to read aloud on a call. */
    String hash() {
        String text = String.join("\n", service, mode, from, to, runbookSha256, Long.toString(afterEpoch));
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 8);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
