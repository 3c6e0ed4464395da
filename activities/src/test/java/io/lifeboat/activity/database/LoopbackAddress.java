package io.lifeboat.activity.database;

import java.util.concurrent.atomic.AtomicInteger;

/** Addresses of the loopback network that no other test of this JVM uses; another JVM's are others, too, as a rule. */
final class LoopbackAddress {
    private static final int BLOCK = 100 + (int) (ProcessHandle.current().pid() % 100);
    private static final AtomicInteger GIVEN = new AtomicInteger();

    private LoopbackAddress() {}

    static String next() {
        int number = GIVEN.getAndIncrement();
        return "127." + BLOCK + "." + number / 250 + "." + (1 + number % 250);
    }
}
