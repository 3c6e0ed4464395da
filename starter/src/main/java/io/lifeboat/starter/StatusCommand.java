package io.lifeboat.starter;

import io.lifeboat.workflow.SearchAttributes;
import io.lifeboat.workflow.run.RunPhase;
import io.lifeboat.workflow.run.RunStatus;
import io.temporal.client.WorkflowExecutionMetadata;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Shows a run, or lists them. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description =
                "Show a run once; without a name, list the newest runs. Exits as the run ended, 4 while it waits for an approval.")
final class StatusCommand implements Callable<Integer> {
    private static final int MOST = 20;

    private final Session session;

    @Parameters(
            arity = "0..1",
            paramLabel = "SERVICE|WORKFLOW_ID",
            description = "A service (its newest run is meant) or a workflow id.")
    private Optional<String> target = Optional.empty();

    @Mixin
    private OutputOptions output = new OutputOptions();

    /** One run in the list. */
    record Row(
            String workflowId,
            String runId,
            String service,
            String state,
            String phase,
            String verdict,
            Instant startedAt) {
        static Row of(WorkflowExecutionMetadata run) {
            var attributes = run.getTypedSearchAttributes();
            return new Row(
                    run.getExecution().getWorkflowId(),
                    run.getExecution().getRunId(),
                    Optional.ofNullable(attributes.get(SearchAttributes.SERVICE))
                            .orElse(""),
                    run.getStatus()
                            .name()
                            .replace("WORKFLOW_EXECUTION_STATUS_", "")
                            .toLowerCase(Locale.ROOT),
                    Optional.ofNullable(attributes.get(SearchAttributes.PHASE)).orElse(""),
                    Optional.ofNullable(attributes.get(SearchAttributes.VERDICT))
                            .orElse(""),
                    run.getStartTime());
        }
    }

    /** The list, for programs. */
    record RunList(int schemaVersion, List<Row> runs) {}

    StatusCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Runs runs = new Runs(session.temporal().client());
        return target.isPresent() ? show(runs.newest(target.get())) : list(runs);
    }

    private int show(Run run) {
        RunStatus status = run.status();
        if (output.isJson()) {
            Json.print(session.console(), status);
        } else {
            print(status);
        }
        if (status.phase().isClosed() && run.isClosed()) {
            return run.ending().exitCode().number();
        }
        return (status.phase() == RunPhase.AWAITING_APPROVAL ? ExitCode.WAITING : ExitCode.OK).number();
    }

    private void print(RunStatus status) {
        Console console = session.console();
        new StatusText(console.colourOut(), console.width(), "…").lines(status).forEach(console.out()::println);
        status.decisions().forEach(d -> console.out().println("  " + StatusText.cut(d, 500)));
        status.report().ifPresent(r -> console.out().println("Report: " + r.html()));
        console.out().println("Workflow " + status.workflowId() + ", run " + status.runId());
        console.out().flush();
    }

    private int list(Runs runs) {
        List<Row> rows = runs.recent(MOST).stream().map(Row::of).toList();
        if (output.isJson()) {
            Json.print(session.console(), new RunList(1, rows));
        } else if (rows.isEmpty()) {
            session.console()
                    .out()
                    .println("No run is known to Temporal at "
                            + session.temporal().address() + ".");
        } else {
            rows.forEach(this::print);
        }
        return ExitCode.OK.number();
    }

    private void print(Row row) {
        String now = row.verdict().isEmpty()
                ? row.state() + (row.phase().isEmpty() ? "" : ", " + row.phase())
                : row.verdict();
        session.console().out().println(row.startedAt() + "  " + row.service() + "  " + now + "  " + row.workflowId());
    }
}
