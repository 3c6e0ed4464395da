package io.lifeboat.starter;

import io.lifeboat.workflow.report.ReportHtml;
import io.lifeboat.workflow.report.ReportLinks;
import io.lifeboat.workflow.report.ReportMarkdown;
import io.lifeboat.workflow.report.ReportText;
import io.lifeboat.workflow.report.RunReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Brings the report of a run. */
@Command(
        name = "report",
        mixinStandardHelpOptions = true,
        description = "Print the report of a run, or write it to a file.")
final class ReportCommand implements Callable<Integer> {
    enum Form {
        TEXT,
        JSON,
        MARKDOWN,
        HTML
    }

    private final Session session;

    @Mixin
    private TargetParameter target = new TargetParameter();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "text|json|markdown|html",
            defaultValue = "text",
            description = "Form of the report.")
    private Form form = Form.TEXT;

    @Option(names = "--file", paramLabel = "FILE", description = "Write it there instead of to standard output.")
    private Optional<Path> file = Optional.empty();

    ReportCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException {
        Run run = new Runs(session.temporal().client()).reported(target.value());
        ReportLinks links = run.report().orElseThrow(() -> noReport(run));
        RunReport report = StoredReport.find(links).orElseThrow(() -> elsewhere(links));
        if (file.isPresent()) {
            Files.writeString(file.get(), rendered(report, false));
            session.console().say("Wrote " + file.get());
        } else {
            session.console().out().print(rendered(report, session.console().colourOut()));
            session.console().out().flush();
        }
        return ExitCode.OK.number();
    }

    private String rendered(RunReport report, boolean colour) {
        return switch (form) {
            case TEXT -> ReportText.render(report, colour, session.console().width());
            case JSON -> Json.text(report) + "\n";
            case MARKDOWN -> ReportMarkdown.render(report);
            case HTML -> ReportHtml.render(report);
        };
    }

    private static CommandException noReport(Run run) {
        String why = run.isClosed()
                ? ": it ended without one, as backups and their tests do. What it did shows"
                : " yet: a run writes it when it ends. Look at";
        return new CommandException(
                ExitCode.PRECONDITION,
                "There is no report of " + run.workflowId() + why + " 'lifeboat status " + run.workflowId() + "'.");
    }

    private static CommandException elsewhere(ReportLinks links) {
        return new CommandException(
                ExitCode.PRECONDITION,
                "Cannot read the report from this machine. It is here:\n  " + links.html() + "\n  " + links.json()
                        + "\n  " + links.markdown());
    }
}
