package io.lifeboat.starter;

/**
 * What became of a word about one schedule, for programs.
 *
 * @param changed whether anything is different now
 * @param answer what is true now, for people
 */
record ScheduleOutcome(int schemaVersion, String verb, String id, boolean changed, String answer) {
    static int print(Console console, OutputOptions output, String verb, String id, boolean changed, String answer) {
        if (output.isJson()) {
            Json.print(console, new ScheduleOutcome(1, verb, id, changed, answer));
        } else {
            console.out().println(answer);
            console.out().flush();
        }
        return ExitCode.OK.number();
    }
}
