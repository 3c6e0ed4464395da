package io.lifeboat.starter;

import io.lifeboat.workflow.restore.PitrTestWorkflow;
import io.lifeboat.workflow.restore.RestoreRequest;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Proves now that a datastore can go back to a point in time. */
@Command(
        name = "prove",
        mixinStandardHelpOptions = true,
        description =
                "Recover a copy of a datastore to a point in time in an isolated instance, check it there, destroy it,"
                        + " and count the backup as proven. Production is not touched, but for two markers.")
final class BackupsProveCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private BackupTarget target = new BackupTarget();

    @Option(
            names = "--at",
            paramLabel = "TIME",
            description = "The moment to go back to, as 2026-11-21T14:05:00Z. Default: now, between two markers.")
    private Optional<Instant> at = Optional.empty();

    @Mixin
    private FollowOptions following = new FollowOptions();

    @Mixin
    private PersonOption person = new PersonOption();

    @Mixin
    private OutputOptions output = new OutputOptions();

    BackupsProveCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        RestoreRequest request = new RestoreRequest(
                Optional.of(target.service()),
                target.datastore(),
                Optional.empty(),
                at,
                Optional.of("asked for by hand"),
                Optional.of(person.name()));
        boolean polled = new Workers(session.temporal().client()).arePolling();
        Run run = new BackupRuns(session).start(PitrTestWorkflow.TYPE, "prove", target.service(), request);
        session.console().say("Started " + run.workflowId());
        if (!polled) {
            session.console().say(Workers.NONE);
        }
        Ending ending = new Follower(session, run, following.patience()).follow();
        return EndingOutput.print(session.console(), output, run, ending);
    }
}
