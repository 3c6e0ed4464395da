package io.lifeboat.lab;

/** Hooks that run when this JVM is asked to end. */
final class Shutdown {

    private Shutdown() {}

    /** Takes a hook back; without effect once the JVM is ending. */
    static void remove(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException ending) {
            // Then the hook itself does the work.
        }
    }

    /** Whether this JVM is ending. */
    static boolean isUnderWay() {
        Thread nothing = Thread.ofPlatform().unstarted(() -> {});
        try {
            Runtime.getRuntime().addShutdownHook(nothing);
            Runtime.getRuntime().removeShutdownHook(nothing);
            return false;
        } catch (IllegalStateException ending) {
            return true;
        }
    }
}
