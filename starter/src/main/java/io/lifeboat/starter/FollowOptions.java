package io.lifeboat.starter;

import java.time.Duration;
import picocli.CommandLine.Option;

/** How long to keep trying. */
final class FollowOptions {
    @Option(
            names = "--patience",
            paramLabel = "SECONDS",
            defaultValue = "600",
            description =
                    "Give up watching after so long without an answer; the run goes on. Default: ${DEFAULT-VALUE}.")
    private long patience = 600;

    Duration patience() {
        return Duration.ofSeconds(patience);
    }
}
