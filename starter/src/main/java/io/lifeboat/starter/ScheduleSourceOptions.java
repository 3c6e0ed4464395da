package io.lifeboat.starter;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which runbooks are meant. */
final class ScheduleSourceOptions {
    @Parameters(
            arity = "0..1",
            paramLabel = "FILE|DIR",
            defaultValue = "runbooks/catalog",
            description = "Default: ${DEFAULT-VALUE}. Schedules of services without a runbook there are left alone.")
    private Path location = Path.of("runbooks/catalog");

    @Option(
            names = "--service",
            paramLabel = "NAME",
            description = "Only this service; of one whose runbook is gone, every schedule is to be removed.")
    private Optional<String> service = Optional.empty();

    /** Looks at both and changes nothing. The runbooks are read first, so that a mistake in one needs no Temporal. */
    SchedulePlan plan(Temporal temporal) {
        ScheduleSource source = ScheduleSource.read(location);
        Schedules schedules = new Schedules(temporal.client());
        return SchedulePlan.of(source.only(service, schedules), schedules);
    }
}
