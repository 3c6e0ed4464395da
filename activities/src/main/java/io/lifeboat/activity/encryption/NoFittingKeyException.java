package io.lifeboat.activity.encryption;

/** A sealed stream that may be whole, but is sealed for holders whose keys the worker does not have. */
public final class NoFittingKeyException extends CannotOpenException {
    private static final long serialVersionUID = 1L;

    public NoFittingKeyException(String message) {
        super(message);
    }

    public NoFittingKeyException(String message, Throwable cause) {
        super(message, cause);
    }
}
