package io.lifeboat.activity.encryption;

import java.io.IOException;

/** Nothing can be sealed now, because the key of a holder cannot be used: it may be later, or for fewer holders. */
public final class CannotSealException extends IOException {
    private static final long serialVersionUID = 1L;

    public CannotSealException(String message) {
        super(message);
    }

    public CannotSealException(String message, Throwable cause) {
        super(message, cause);
    }
}
