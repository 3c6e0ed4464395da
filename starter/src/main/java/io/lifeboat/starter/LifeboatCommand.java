package io.lifeboat.starter;

import java.lang.reflect.Constructor;
import java.time.Clock;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The root of the command. */
@Command(
        name = "lifeboat",
        description = "Backs a service up, moves it out of a lost region, and shows what happens meanwhile.",
        mixinStandardHelpOptions = true,
        version = "lifeboat 0.1.0",
        usageHelpAutoWidth = false,
        subcommands = {
            FailoverCommand.class,
            StatusCommand.class,
            WatchCommand.class,
            ApproveCommand.class,
            RejectCommand.class,
            HoldCommand.class,
            ResumeCommand.class,
            AbortCommand.class,
            RetryCommand.class,
            SkipCommand.class,
            ReportCommand.class,
            BackupCommand.class,
            BackupsCommand.class,
            LintCommand.class,
            SchedulesCommand.class
        },
        footerHeading = "%nExit codes:%n",
        footer = {
            "    0  done",
            "    1  failed",
            "    2  the command was not understood, or needs --yes",
            "    3  recovered, but with a skipped step or an objective nobody measured",
            "    4  the run waits for an approval",
            "    5  rejected, aborted or rolled back",
            "    6  nothing was started: Temporal, the service, the run or the runbook is not as needed",
            "    7  recovered, but RTO or RPO was missed",
            "    8  contact was lost; the run goes on",
            "  130  left by Ctrl-C; the run goes on",
            "",
            "Temporal is found as the temporal command finds it: TEMPORAL_ADDRESS, TEMPORAL_NAMESPACE,",
            "TEMPORAL_PROFILE and the profile file. NO_COLOR is respected.",
            "",
            "In the source tree, `./lifeboat lab` puts two regions up on this machine, and `./lifeboat demo`",
            "loses one of them and recovers the service; both have their own --help."
        })
public final class LifeboatCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    public static void main(String[] args) {
        int code;
        try (Temporal temporal = new ConfiguredTemporal()) {
            code = run(new Session(SystemConsole.open(), temporal, Clock.systemUTC()), args);
        }
        System.exit(code);
    }

    static int run(Session session, String... args) {
        int code = commandLine(session).execute(args);
        session.console().out().flush();
        session.console().err().flush();
        return code;
    }

    static CommandLine commandLine(Session session) {
        return new CommandLine(new LifeboatCommand(), new SessionFactory(session))
                .setOut(session.console().out())
                .setErr(session.console().err())
                .setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF))
                .setUsageHelpWidth(100)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExitCodeExceptionMapper(
                        e -> e instanceof CommandException c ? c.exitCode().number() : ExitCode.FAILED.number())
                .setParameterExceptionHandler((e, given) -> {
                    String verb = e.getCommandLine().getCommandSpec().qualifiedName();
                    session.console().say(e.getMessage() + "\nSee '" + verb + " --help'.");
                    return ExitCode.USAGE.number();
                })
                .setExecutionExceptionHandler((e, command, parsed) -> {
                    session.console().say(Failures.sentence(e));
                    return e instanceof CommandException c
                            ? c.exitCode().number()
                            : Failures.exitCode(e).number();
                });
    }

    @Override
    public void run() {
        throw new CommandLine.ParameterException(
                spec.commandLine(),
                "Say what to do: one of " + String.join(", ", spec.subcommands().keySet()) + ".");
    }

    /** Gives each verb the session, where it asks for one. */
    private record SessionFactory(Session session) implements CommandLine.IFactory {
        @Override
        public <K> K create(Class<K> type) throws Exception {
            for (Constructor<?> constructor : type.getDeclaredConstructors()) {
                if (constructor.getParameterCount() == 1 && constructor.getParameterTypes()[0] == Session.class) {
                    return type.cast(constructor.newInstance(session));
                }
            }
            return CommandLine.defaultFactory().create(type);
        }
    }
}
