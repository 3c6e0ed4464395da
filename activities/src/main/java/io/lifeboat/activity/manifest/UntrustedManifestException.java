package io.lifeboat.activity.manifest;

/** A manifest that says nothing about a backup: nobody who is trusted signed it, or it belongs elsewhere. */
public final class UntrustedManifestException extends Exception {
    private static final long serialVersionUID = 1L;

    public UntrustedManifestException(String message) {
        super(message);
    }
}
