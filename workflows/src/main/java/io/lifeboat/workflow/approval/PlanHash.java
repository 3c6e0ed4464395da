package io.lifeboat.workflow.approval;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** What an approval is bound to. */
public final class PlanHash {
    private PlanHash() {}

    /** SHA-256 over every component, first 16 hexadecimal digits: short enough to read aloud on a call. */
    public static String of(String... components) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(String.join("\n", components).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 8);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
