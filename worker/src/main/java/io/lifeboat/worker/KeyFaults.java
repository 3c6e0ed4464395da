package io.lifeboat.worker;

import io.temporal.failure.ApplicationFailure;
import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong with the keys of the backups, each with the setting it is in. */
final class KeyFaults {
    private static final String SETTINGS = "lifeboat.backups.";

    private final List<String> faults = new ArrayList<>();

    /** @param setting below {@code lifeboat.backups} */
    void add(String setting, String what) {
        faults.add("  - " + SETTINGS + setting + ": " + what);
    }

    /** Uses a setting; says whether that went well. */
    boolean attempt(String setting, Runnable use) {
        try {
            use.run();
            return true;
        } catch (ApplicationFailure failure) {
            add(setting, failure.getOriginalMessage());
        } catch (IllegalArgumentException failure) {
            add(setting, String.valueOf(failure.getMessage()));
        }
        return false;
    }

    /** Ends the start of the worker with all of them. */
    void throwIfAny() {
        if (!faults.isEmpty()) {
            throw new InvalidKeysException(faults);
        }
    }
}
