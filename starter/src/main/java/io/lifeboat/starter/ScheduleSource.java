package io.lifeboat.starter;

import io.lifeboat.runbook.InvalidRunbookException;
import io.lifeboat.runbook.NearestWord;
import io.lifeboat.runbook.Problem;
import io.lifeboat.runbook.Runbook;
import io.lifeboat.runbook.RunbookCatalog;
import io.lifeboat.runbook.RunbookDocument;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Collectors;

/**
 * What runbooks say of schedules.
 *
 * @param services whose schedules are asked about, also those that have none
 */
record ScheduleSource(Set<String> services, List<ScheduleDefinition> definitions) {
    ScheduleSource {
        services = Set.copyOf(services);
        definitions = List.copyOf(definitions);
    }

    /**
     * Reads a runbook or a folder of them. A file that cannot be read ends the command: its service would seem to have no
     * schedules any more.
     */
    static ScheduleSource read(Path location) {
        if (!Files.exists(location)) {
            throw new CommandException(
                    ExitCode.PRECONDITION,
                    "Cannot read runbooks from \"" + location
                            + "\": there is no such file or folder. Give the path of one.");
        }
        RunbookCatalog catalog;
        try {
            catalog = RunbookCatalog.read(location);
        } catch (InvalidRunbookException e) {
            throw unusable(e.problems());
        }
        if (!catalog.problems().isEmpty()) {
            throw unusable(catalog.problems());
        }
        List<ScheduleDefinition> definitions = catalog.documents().stream()
                .map(RunbookDocument::runbook)
                .flatMap(runbook -> definitions(runbook).stream())
                .toList();
        return new ScheduleSource(catalog.services(), definitions);
    }

    private static List<ScheduleDefinition> definitions(Runbook runbook) {
        return runbook.schedules().stream()
                .map(schedule -> new ScheduleDefinition(runbook.service(), schedule))
                .toList();
    }

    private static CommandException unusable(List<Problem> problems) {
        return new CommandException(
                ExitCode.PRECONDITION,
                problems.stream().map(Problem::toString).collect(Collectors.joining("\n"))
                        + "\nNothing was changed: correct this first.");
    }

    /** Only one service: one with a runbook here, or one that has schedules left from a runbook that is gone. */
    ScheduleSource only(Optional<String> service, Schedules schedules) {
        if (service.isEmpty()) {
            return this;
        }
        SortedMap<String, String> own = schedules.own();
        if (!services.contains(service.get()) && !own.containsValue(service.get())) {
            throw new CommandException(
                    ExitCode.PRECONDITION,
                    "The service \"" + service.get() + "\" has neither a runbook here nor a schedule in Temporal. "
                            + NearestWord.hint(service.get(), services, "Runbooks are here of"));
        }
        return new ScheduleSource(
                Set.of(service.get()),
                definitions.stream()
                        .filter(d -> d.service().equals(service.get()))
                        .toList());
    }
}
