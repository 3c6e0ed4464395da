package io.lifeboat.activity.retention;

/** What becomes of a backup. */
public enum Verdict {
    KEEP,
    /** Kept as well, but nobody knows whether it can be restored: a person has to look. It stands in for no other backup. */
    EXAMINE,
    REMOVE
}
