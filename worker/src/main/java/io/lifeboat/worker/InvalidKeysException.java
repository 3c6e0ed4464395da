package io.lifeboat.worker;

import java.util.List;

/** Keys of backups that the worker's settings name and nobody can use. */
final class InvalidKeysException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param faults each with the setting it is in; no key is quoted */
    InvalidKeysException(List<String> faults) {
        super(String.join("\n", faults));
    }
}
