package io.lifeboat.starter;

/** Ctrl-C leaves the run alone and says how to come back. */
final class Detach {
    private final Thread hook;

    private Detach(Thread hook) {
        this.hook = hook;
    }

    /** The JVM itself then exits with {@link ExitCode#DETACHED}: 128 plus the number of the signal. */
    static Detach onCtrlC(Console console, String workflowId) {
        Thread hook = new Thread(() -> console.say("\n" + message(workflowId)), "detach");
        Runtime.getRuntime().addShutdownHook(hook);
        return new Detach(hook);
    }

    static String message(String workflowId) {
        return "Detached; the run goes on. Come back with: lifeboat watch " + workflowId;
    }

    void disarm() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException alreadyGoingDown) {
            // The hook is what is running then; nothing is left to take back.
        }
    }
}
