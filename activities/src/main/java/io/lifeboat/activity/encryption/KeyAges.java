package io.lifeboat.activity.encryption;

import java.util.List;

/** Asks the services that keep keys how old these are. */
public interface KeyAges {
    /** One for each key, in the holders' order; {@link KeyAge.Unknown} where its service gives no date, which is no failure. */
    List<KeyAge> read();
}
