package io.lifeboat.runbook;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Optional;

/**
 * When a procedure of the service starts by itself. A firing whose predecessor still runs is skipped, always.
 *
 * @param datastore which one it is about; absent where the procedure is about the whole service
 * @param timeZone a zone of the IANA time zone database
 * @param jitter how much later than said each run may start, chosen by Temporal; absent when not at all
 * @param catchUp how late a run may still start when Temporal was down at its time; absent for the shortest time between
 *     two firings
 * @param paused whether it starts nothing until someone resumes it
 */
public record Schedule(
        Procedure procedure,
        Optional<String> datastore,
        CronExpression cron,
        ZoneId timeZone,
        Optional<Duration> jitter,
        Optional<Duration> catchUp,
        Optional<Boolean> paused) {

    /** The procedures that run by schedule. The words are wire names: the types of their workflows. */
    public enum Procedure {
        @JsonProperty("NightlyBackup")
        NIGHTLY_BACKUP("NightlyBackup"),
        @JsonProperty("PitrTest")
        PITR_TEST("PitrTest"),
        @JsonProperty("SmokeRestore")
        SMOKE_RESTORE("SmokeRestore");

        private final String workflowType;

        Procedure(String workflowType) {
            this.workflowType = workflowType;
        }

        public String workflowType() {
            return workflowType;
        }
    }

    /** When it fires. */
    public Firings firings() {
        return new Firings(cron, timeZone);
    }

    /** How late a run may still start: what the runbook says, or else the shortest time between two ordinary firings. */
    public Duration catchUpWindow() {
        return catchUp.or(() -> firings().withoutClockChanges().gaps().map(Firings.Gaps::shortest))
                .orElse(Duration.ofDays(1));
    }

    /** Whether it starts runs for this datastore by itself. */
    public boolean serves(Procedure asked, String name) {
        return procedure == asked
                && !paused.orElse(false)
                && datastore.map(name::equals).orElse(true);
    }
}
