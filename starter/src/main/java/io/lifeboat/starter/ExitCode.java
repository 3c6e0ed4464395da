package io.lifeboat.starter;

/** How a command ended, for scripts. The numbers are a contract. */
enum ExitCode {
    OK(0, "done"),
    FAILED(1, "failed"),
    USAGE(2, "the command was not understood, or needs --yes"),
    WARNINGS(3, "recovered, but with a skipped step or an objective nobody measured"),
    WAITING(4, "the run waits for an approval"),
    ROLLED_BACK(5, "rejected, aborted or rolled back"),
    PRECONDITION(6, "nothing was started: Temporal, the service, the run or the runbook is not as needed"),
    OBJECTIVE_MISSED(7, "recovered, but RTO or RPO was missed"),
    LOST_CONTACT(8, "contact was lost; the run goes on"),
    DETACHED(130, "left by Ctrl-C; the run goes on");

    private final int number;
    private final String meaning;

    ExitCode(int number, String meaning) {
        this.number = number;
        this.meaning = meaning;
    }

    int number() {
        return number;
    }

    String meaning() {
        return meaning;
    }
}
