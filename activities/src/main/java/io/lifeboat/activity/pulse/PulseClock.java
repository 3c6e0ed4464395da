package io.lifeboat.activity.pulse;

/** The wall clock of the moment it was made, carried on by the monotonic one: it never steps while a pulse runs. */
final class PulseClock {
    private static final long NANOS_IN_MILLI = 1_000_000L;

    private final long startMillis = System.currentTimeMillis();
    private final long startNanos = System.nanoTime();

    long millis() {
        return startMillis + (System.nanoTime() - startNanos) / NANOS_IN_MILLI;
    }
}
