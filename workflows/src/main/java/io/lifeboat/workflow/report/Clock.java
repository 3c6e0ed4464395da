package io.lifeboat.workflow.report;

import java.util.Optional;

/**
 * One of the figures that together make the time a recovery took. They are shown apart because they belong to different
 * people: detection to the monitoring, the decision to the commander, the rest to the machinery.
 *
 * @param seconds absent where nobody measured it
 * @param meaning from when to when
 */
record Clock(String name, Optional<Double> seconds, String meaning) {
    String text() {
        return seconds.map(Seconds::text).orElse("not measured");
    }
}
