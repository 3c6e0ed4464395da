package io.lifeboat.runbook;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;

/**
 * For how long the object store refuses to delete a backup (S3 Object Lock).
 *
 * @param period from the time the backup is written; {@code for} in a runbook
 */
public record LockPolicy(Mode mode, @JsonProperty("for") Duration period) {

    /** Who may still lift a lock: someone with a special permission, or nobody at all. */
    public enum Mode {
        @JsonProperty("governance")
        GOVERNANCE,
        @JsonProperty("compliance")
        COMPLIANCE
    }
}
