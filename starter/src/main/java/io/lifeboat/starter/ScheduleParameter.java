package io.lifeboat.starter;

import picocli.CommandLine.Parameters;

/** Which schedule is meant. */
final class ScheduleParameter {
    @Parameters(paramLabel = "ID", description = "A schedule, as 'lifeboat schedules list' calls it.")
    private String id = "";

    String value() {
        return id;
    }
}
