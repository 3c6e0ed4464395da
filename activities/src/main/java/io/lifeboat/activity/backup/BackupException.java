package io.lifeboat.activity.backup;

/** A backup or restore that failed, in our own words: what was attempted, what was seen, what to do. Never a secret. */
public final class BackupException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Kind kind;
    private final boolean ofStoredBytes;

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
        this(kind, message, false);
    }

    private BackupException(Kind kind, String message, boolean ofStoredBytes) {
        super(message);
        this.kind = kind;
        this.ofStoredBytes = ofStoredBytes;
    }

    /** {@code CORRUPT}, because of the bytes in the bucket: what was made of those before tells nobody more. */
    static BackupException ofStoredBytes(String message) {
        return new BackupException(Kind.CORRUPT, message, true);
    }

    public Kind kind() {
        return kind;
    }

    /** Whether it is the bytes in the bucket that are damaged. */
    public boolean isOfStoredBytes() {
        return ofStoredBytes;
    }
}
