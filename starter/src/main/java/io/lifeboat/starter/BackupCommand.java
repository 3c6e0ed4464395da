package io.lifeboat.starter;

import io.lifeboat.workflow.backup.BackupRequest;
import io.lifeboat.workflow.backup.NightlyBackupWorkflow;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Takes backups now. */
@Command(
        name = "backup",
        mixinStandardHelpOptions = true,
        description =
                "Take the backups of a service now, copy them to their other places, apply retention, and follow that to its end.")
final class BackupCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private BackupTarget target = new BackupTarget();

    @Option(names = "--due", description = "Only what is due by the runbook; everything by default.")
    private boolean due;

    @Option(names = "--detach", description = "Start it and come back at once.")
    private boolean detach;

    @Option(
            names = "--reason",
            paramLabel = "TEXT",
            defaultValue = "asked for by hand",
            description = "Why. Default: ${DEFAULT-VALUE}.")
    private String reason = "";

    @Mixin
    private FollowOptions following = new FollowOptions();

    @Mixin
    private PersonOption person = new PersonOption();

    @Mixin
    private OutputOptions output = new OutputOptions();

    BackupCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        BackupRequest request = target.request().because(reason, person.name());
        boolean polled = new Workers(session.temporal().client()).arePolling();
        Run run = new BackupRuns(session)
                .start(NightlyBackupWorkflow.TYPE, "take", target.service(), due ? request : request.everything());
        session.console().say("Started " + run.workflowId());
        if (!polled) {
            session.console().say(Workers.NONE);
        }
        if (detach) {
            session.console().out().println("Watch it with: lifeboat watch " + run.workflowId());
            return ExitCode.OK.number();
        }
        Ending ending = new Follower(session, run, following.patience()).follow();
        return EndingOutput.print(session.console(), output, run, ending);
    }
}
