package io.lifeboat.activity.backup;

/** A backup or restore that failed, in our own words: what was attempted, what was seen, what to do. Never a secret. */
public final class BackupException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Kind kind;

    /** What can be done about it. */
    public enum Kind {
        /** The same call may succeed later. */
        UNAVAILABLE,
        /** Somebody has to change something first. */
        PRECONDITION,
        /** What is stored is not what was taken. */
        CORRUPT
    }

    public BackupException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
