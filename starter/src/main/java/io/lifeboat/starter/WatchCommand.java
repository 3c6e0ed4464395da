package io.lifeboat.starter;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Follows a run that somebody else may have started. */
@Command(
        name = "watch",
        mixinStandardHelpOptions = true,
        description = "Show a run until it ends; exit as it ended. Ctrl-C leaves the run alone.")
final class WatchCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private TargetParameter target = new TargetParameter();

    @Mixin
    private FollowOptions follow = new FollowOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    WatchCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Run run = new Runs(session.temporal().client()).newest(target.value());
        Ending ending = new Follower(session, run, follow.patience()).follow();
        return EndingOutput.print(session.console(), output, run, ending);
    }
}
