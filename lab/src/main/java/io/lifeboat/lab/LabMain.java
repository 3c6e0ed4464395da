package io.lifeboat.lab;

import io.lifeboat.lab.command.LabCommand;
import io.lifeboat.lab.demo.DemoCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The verbs that need the lab: what the {@code lifeboat} launcher runs for {@code lab} and {@code demo}. */
@Command(
        name = "lifeboat",
        description = "Disaster-recovery runbooks that run.",
        subcommands = {LabCommand.class, DemoCommand.class})
public final class LabMain {

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Shows this help.")
    @SuppressWarnings("UnusedVariable") // picocli acts on it
    private boolean help;

    private LabMain() {}

    public static void main(String[] arguments) {
        System.exit(run(arguments));
    }

    static int run(String... arguments) {
        return new CommandLine(new LabMain())
                .setExecutionExceptionHandler(LabMain::explain)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(arguments);
    }

    private static int explain(Exception problem, CommandLine command, CommandLine.ParseResult parsed) {
        if (Shutdown.isUnderWay()) {
            // Whatever failed, failed because someone pressed Ctrl-C.
            return LabException.Kind.FAILED.exitCode();
        }
        if (problem instanceof LabException expected) {
            command.getErr().println(expected.getMessage());
            return expected.kind().exitCode();
        }
        command.getErr().println("The lab failed in a way it does not know: " + problem);
        problem.printStackTrace(command.getErr());
        return LabException.Kind.FAILED.exitCode();
    }
}
