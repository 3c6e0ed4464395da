package io.lifeboat.starter;

import io.lifeboat.runbook.lint.Lint;
import io.lifeboat.runbook.lint.LintReport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Judges runbooks without touching anything. */
@Command(
        name = "lint",
        mixinStandardHelpOptions = true,
        description =
                "Show everything that is wrong with a runbook, or with all of a folder. Exits 6 where something is.")
final class LintCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(
            arity = "0..1",
            paramLabel = "FILE|DIR",
            defaultValue = "runbooks/catalog",
            description = "Default: ${DEFAULT-VALUE}.")
    private Path location = Path.of("runbooks/catalog");

    @Mixin
    private OutputOptions output = new OutputOptions();

    LintCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        if (!Files.exists(location)) {
            throw new CommandException(
                    ExitCode.PRECONDITION,
                    "Cannot lint \"" + location + "\": there is no such file or folder. Give the path of one.");
        }
        LintReport report = Lint.run(location);
        if (output.isJson()) {
            Json.print(session.console(), report);
        } else {
            report.problems().forEach(session.console().out()::println);
            report.findings().forEach(session.console().out()::println);
            session.console().out().flush();
            session.console().say(summary(report));
        }
        return (report.hasErrors() ? ExitCode.PRECONDITION : ExitCode.OK).number();
    }

    private static String summary(LintReport report) {
        int found = report.problems().size() + report.findings().size();
        String files = report.files().size() == 1 ? "1 runbook" : report.files().size() + " runbooks";
        return found == 0
                ? files + ", nothing to say."
                : found + (found == 1 ? " problem in " : " problems in ") + files + ".";
    }
}
