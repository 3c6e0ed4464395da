package io.lifeboat.lab;

/** Why the lab could not do what it was asked; the message is meant for the person who asked. */
public final class LabException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** What the command line reports to its caller. */
    public enum Kind {
        /** A part of the lab failed. */
        FAILED(1),
        /** The question itself was wrong. */
        USAGE(2),
        /** Something the lab needs is missing, taken or already there. */
        PRECONDITION(6);

        private final int exitCode;

        Kind(int exitCode) {
            this.exitCode = exitCode;
        }

        public int exitCode() {
            return exitCode;
        }
    }

    private final Kind kind;

    private LabException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    private LabException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public static LabException failed(String message) {
        return new LabException(Kind.FAILED, message);
    }

    public static LabException failed(String message, Throwable cause) {
        return new LabException(Kind.FAILED, message, cause);
    }

    public static LabException usage(String message) {
        return new LabException(Kind.USAGE, message);
    }

    public static LabException precondition(String message) {
        return new LabException(Kind.PRECONDITION, message);
    }

    public static LabException precondition(String message, Throwable cause) {
        return new LabException(Kind.PRECONDITION, message, cause);
    }

    public Kind kind() {
        return kind;
    }
}
