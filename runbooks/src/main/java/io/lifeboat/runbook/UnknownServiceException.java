package io.lifeboat.runbook;

/** Thrown when a catalog has no runbook for a service; its message names the services there are, and the nearest. */
public final class UnknownServiceException extends RuntimeException {
    private static final long serialVersionUID = 1;

    UnknownServiceException(String message) {
        super(message);
    }
}
