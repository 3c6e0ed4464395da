package io.lifeboat.workflow.schedule;

import io.lifeboat.workflow.Fact;
import io.lifeboat.workflow.Receipt;
import io.temporal.activity.ActivityInterface;
import java.util.List;

/** Holds back what of a service starts by itself while a run changes the service. Only schedules that Lifeboat made are touched. */
@ActivityInterface(namePrefix = "Schedule_")
public interface ScheduleActivities {
    /** Memo of a schedule that Lifeboat made: its service. A schedule made by hand has none. */
    String MARK = "lifeboatService";

    /** Pauses those that are not paused yet, with the run's name in their note. Again, it pauses what has come since. */
    SchedulesReceipt pause(Pausing request);

    /** Lets those start again that this run has paused, and none that a person or the runbook has. */
    SchedulesReceipt resume(Pausing request);

    /**
     * @param workflowId of the run that holds them back
     * @param reason one sentence
     */
    record Pausing(String service, String workflowId, String reason) {}

    /** @param schedules which changed, by id */
    record SchedulesReceipt(List<String> schedules) implements Receipt {
        public SchedulesReceipt {
            schedules = List.copyOf(schedules);
        }

        @Override
        public String sentence() {
            return schedules.isEmpty() ? "no schedule was concerned" : String.join(", ", schedules);
        }

        @Override
        public List<Fact> facts() {
            return List.of();
        }
    }
}
