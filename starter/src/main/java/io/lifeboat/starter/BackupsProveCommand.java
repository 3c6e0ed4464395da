package io.lifeboat.starter;

import io.lifeboat.workflow.restore.PitrTestWorkflow;
import io.lifeboat.workflow.restore.RestoreRequest;
import io.lifeboat.workflow.restore.SmokeRestoreWorkflow;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Proves now that a datastore can go back to a point in time, or that a backup can be had again as it is. */
@Command(
        name = "prove",
        mixinStandardHelpOptions = true,
        description =
                "Recover a copy of a datastore to a point in time in an isolated instance, check it there, destroy it,"
                        + " and count the backup as proven. Production is not touched, but for two markers, and not at all"
                        + " with --as-it-is or --id.")
final class BackupsProveCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private BackupTarget target = new BackupTarget();

    @ArgGroup
    private What what = new What();

    /** A moment, or a backup as it is. */
    private static final class What {
        @Option(
                names = "--at",
                paramLabel = "TIME",
                description = "The moment to go back to, as 2026-11-21T14:05:00Z. Default: now, between two markers.")
        private Optional<Instant> at = Optional.empty();

        @Option(
                names = "--as-it-is",
                description =
                        "Restore a backup as it is, also a dump: of the smallest datastore, of the policy whose backups were"
                                + " proven the longest time ago.")
        private boolean asItIs;

        @Option(names = "--id", paramLabel = "ID", description = "Restore this backup as it is.")
        private Optional<String> id = Optional.empty();

        private String procedure() {
            return asItIs || id.isPresent() ? SmokeRestoreWorkflow.TYPE : PitrTestWorkflow.TYPE;
        }
    }

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
                what.id,
                what.at,
                Optional.of("asked for by hand"),
                Optional.of(person.name()));
        boolean polled = new Workers(session.temporal().client()).arePolling();
        Run run = new BackupRuns(session).start(what.procedure(), "prove", target.service(), request);
        session.console().say("Started " + run.workflowId());
        if (!polled) {
            session.console().say(Workers.NONE);
        }
        Ending ending = new Follower(session, run, following.patience()).follow();
        return EndingOutput.print(session.console(), output, run, ending);
    }
}
