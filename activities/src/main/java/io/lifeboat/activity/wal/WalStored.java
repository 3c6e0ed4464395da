package io.lifeboat.activity.wal;

/** Told of each file of a log that has become durable, in the thread that stored it; must not block. */
@FunctionalInterface
interface WalStored {
    /** @param file its name in the archive */
    void stored(String systemIdentifier, String file);
}
