package io.lifeboat.starter;

import io.lifeboat.runbook.DurationText;
import io.lifeboat.runbook.Schedule;
import io.lifeboat.workflow.SearchAttributes;
import io.lifeboat.workflow.TaskQueues;
import io.temporal.api.enums.v1.ScheduleOverlapPolicy;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.schedules.ScheduleActionStartWorkflow;
import io.temporal.client.schedules.SchedulePolicy;
import io.temporal.client.schedules.ScheduleSpec;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A schedule of a runbook, as Temporal is to have it. */
record ScheduleDefinition(String service, Schedule schedule) {
    /** Memo of every run it starts, and thereby part of the schedule: which definition it was last brought to. */
    static final String HASH = "lifeboatDefinition";

    /** Two runs of one procedure are never wanted: the second firing is skipped while the first run goes on. */
    static final ScheduleOverlapPolicy OVERLAP = ScheduleOverlapPolicy.SCHEDULE_OVERLAP_POLICY_SKIP;

    String id() {
        return service + "/" + procedure() + subject();
    }

    String procedure() {
        return schedule.procedure().workflowType();
    }

    /** Temporal appends the time of the firing. */
    String workflowId() {
        String prefix = switch (schedule.procedure()) {
            case NIGHTLY_BACKUP -> "backup/";
            case PITR_TEST -> "pitr/";
            case SMOKE_RESTORE -> "smoke-restore/";
        };
        return prefix + service + subject();
    }

    private String subject() {
        return schedule.datastore().map(name -> "/" + name).orElse("");
    }

    /** What the workflow is given: the same object a person would type into the start form. */
    Map<String, String> input() {
        Map<String, String> input = new LinkedHashMap<>();
        input.put("service", service);
        schedule.datastore().ifPresent(name -> input.put("datastore", name));
        input.put("reason", "schedule");
        return input;
    }

    Duration jitter() {
        return schedule.jitter().orElse(Duration.ZERO);
    }

    boolean isPaused() {
        return schedule.paused().orElse(false);
    }

    ScheduleSpec spec() {
        return ScheduleSpec.newBuilder()
                // The server keeps the text after the # as a comment, so that people still see what was written.
                .setCronExpressions(List.of(schedule.cron() + " #" + schedule.cron()))
                .setTimeZoneName(schedule.timeZone().getId())
                .setJitter(jitter())
                .build();
    }

    SchedulePolicy policy() {
        return SchedulePolicy.newBuilder()
                .setOverlap(OVERLAP)
                .setCatchupWindow(schedule.catchUpWindow())
                .setPauseOnFailure(false)
                .build();
    }

    ScheduleActionStartWorkflow action() {
        return ScheduleActionStartWorkflow.newBuilder()
                .setWorkflowType(procedure())
                .setArguments(input())
                .setOptions(WorkflowOptions.newBuilder()
                        .setWorkflowId(workflowId())
                        .setTaskQueue(TaskQueues.CONTROL)
                        .setTypedSearchAttributes(searchAttributes())
                        .setStaticSummary(summary())
                        .setStaticDetails(details())
                        .setMemo(Map.of(HASH, hash()))
                        .build())
                .build();
    }

    io.temporal.common.SearchAttributes searchAttributes() {
        return io.temporal.common.SearchAttributes.newBuilder()
                .set(SearchAttributes.SERVICE, service)
                .set(SearchAttributes.PROCEDURE, procedure())
                .build();
    }

    /** In one line, for people. */
    String times() {
        return schedule.cron() + " " + schedule.timeZone()
                + (jitter().isZero() ? "" : ", jitter " + DurationText.of(jitter())) + ", catch-up "
                + DurationText.of(schedule.catchUpWindow());
    }

    private String summary() {
        return procedure() + " of " + service
                + schedule.datastore().map(name -> ", " + name).orElse("") + ", by schedule";
    }

    private String details() {
        return "Schedule `" + id() + "`: `" + schedule.cron() + "` in " + schedule.timeZone()
                + ".\n\nIt comes from the runbook of **" + service
                + "**. Change it there and run `lifeboat schedules apply`, which undoes changes made here."
                + " To stop it for a while:\n\n    lifeboat schedules pause " + id() + " --reason ...\n";
    }

    /** The same for the same definition, so that a change of anything in it shows. */
    String hash() {
        String all = String.join(
                "\n", id(), workflowId(), input().toString(), times(), OVERLAP.name(), summary(), details());
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(all.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 12);
        } catch (NoSuchAlgorithmException everyJvmHasIt) {
            throw new IllegalStateException(everyJvmHasIt);
        }
    }
}
