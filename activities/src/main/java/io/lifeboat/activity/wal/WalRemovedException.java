package io.lifeboat.activity.wal;

/** The server no longer has the part of its log that was asked for. */
public final class WalRemovedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public WalRemovedException() {
        super("the server no longer has the log from there on");
    }
}
