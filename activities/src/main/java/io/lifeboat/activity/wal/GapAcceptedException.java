package io.lifeboat.activity.wal;

/** What is missing is missing with somebody's consent. */
final class GapAcceptedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    GapAcceptedException(String by) {
        super(by);
    }
}
