package io.lifeboat.activity.restore;

import io.lifeboat.activity.database.DatabaseEngine;
import io.lifeboat.activity.database.Databases;
import io.lifeboat.activity.database.postgresql.RecoveredInstance;
import io.lifeboat.workflow.FailureType;
import io.lifeboat.workflow.restore.MarkReceipt;
import io.lifeboat.workflow.restore.RecoveryReceipt;
import io.lifeboat.workflow.restore.RecoveryReceipt.Check;
import io.lifeboat.workflow.restore.RestoreActivities.Recovering;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What is asked of a copy that was recovered, and what it must answer. */
final class IsolatedRecovery {
    private static final Duration QUESTION = Duration.ofSeconds(30);

    private final DatabaseEngine engine;
    private final Recovering request;

    IsolatedRecovery(Databases databases, Recovering request) {
        this.engine = databases.engine(request.datastore());
        this.request = request;
    }

    /** The receipt; {@code BACKUP_CORRUPT}, with everything that was seen, when one check failed. */
    RecoveryReceipt check(RecoveredInstance recovered) {
        List<Check> checks = new ArrayList<>();
        recovered
                .comparedTables()
                .ifPresent(tables -> checks.add(new Check(
                        "rows and checksums are those of the backup", true, "the same in " + tables + " tables")));
        request.target().ifPresent(mark -> checks.addAll(marks(recovered, mark)));
        request.checks().forEach(test -> checks.add(SqlCheck.ask(engine, recovered.instance(), test)));
        if (checks.stream().anyMatch(check -> !check.passed())) {
            throw FailureType.BACKUP_CORRUPT.failure(request.backup().id() + " was recovered to "
                    + recovered.reached() + ", but is not as it must be: "
                    + checks.stream()
                            .filter(check -> !check.passed())
                            .map(check -> check.name() + " (" + check.seen() + ")")
                            .collect(Collectors.joining("; "))
                    + ". Restore another backup, and find out what happened to this one.");
        }
        RecoveredInstance.Timings timings = recovered.timings();
        return new RecoveryReceipt(
                request.backup().id(),
                recovered.reached().toString(),
                recovered.lastCommit(),
                recovered.recoveredTimeline(),
                timings.unpackedBytes(),
                seconds(timings.unpack()),
                timings.replayedBytes(),
                seconds(timings.recovery()),
                seconds(timings.toWritable()),
                checks);
    }

    private List<Check> marks(RecoveredInstance recovered, MarkReceipt mark) {
        List<Long> found = engine.markers(recovered.instance(), request.run(), 0, QUESTION).stream()
                .map(marker -> marker.number())
                .toList();
        List<Check> checks = new ArrayList<>();
        mark.before()
                .ifPresent(before -> checks.add(new Check(
                        "the marker before the target is there",
                        found.contains(before),
                        found.contains(before) ? "there" : "missing")));
        checks.add(new Check(
                "the marker after the target is not there",
                !found.contains(mark.after()),
                found.contains(mark.after()) ? "there" : "not there"));
        checks.add(new Check(
                "the timeline is the primary's",
                recovered.recoveredTimeline() == mark.timeline(),
                recovered.recoveredTimeline() + ", and the primary's is " + mark.timeline()));
        return checks;
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}
