package io.lifeboat.starter;

import io.lifeboat.workflow.PauseNote;
import io.temporal.client.schedules.Schedule;
import io.temporal.client.schedules.ScheduleState;
import java.util.Optional;

/**
 * Whether a schedule in Temporal is paused.
 *
 * @param note as it stands there; of a schedule that is not paused it says nothing of interest
 */
record SchedulePause(boolean isPaused, String note) {
    static SchedulePause of(Schedule schedule) {
        ScheduleState state = stateOf(schedule);
        return new SchedulePause(
                state.isPaused(), Optional.ofNullable(state.getNote()).orElse(""));
    }

    boolean isByRunbook() {
        return isPaused && note.equals(new PauseNote.ByRunbook().text());
    }

    /** Whether the runbook wants it otherwise. A pause that is not the runbook's is none of the runbook's business. */
    boolean contradicts(boolean pausedInRunbook) {
        return pausedInRunbook ? !isPaused : isByRunbook();
    }

    /** What Temporal is to keep of this when the schedule becomes as the runbook says. */
    static ScheduleState kept(Schedule seen, boolean pausedInRunbook) {
        if (!of(seen).contradicts(pausedInRunbook)) {
            return stateOf(seen);
        }
        return ScheduleState.newBuilder(stateOf(seen))
                .setPaused(pausedInRunbook)
                .setNote(pausedInRunbook ? new PauseNote.ByRunbook().text() : "")
                .build();
    }

    private static ScheduleState stateOf(Schedule schedule) {
        return Optional.ofNullable(schedule.getState())
                .orElseGet(() -> ScheduleState.newBuilder().build());
    }
}
