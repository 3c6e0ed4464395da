package io.lifeboat.activity.encryption;

import java.io.IOException;

/** A sealed stream that none of the worker's keys opens, or that is not what was sealed. */
public class CannotOpenException extends IOException {
    private static final long serialVersionUID = 1L;

    public CannotOpenException(String message) {
        super(message);
    }

    public CannotOpenException(String message, Throwable cause) {
        super(message, cause);
    }
}
