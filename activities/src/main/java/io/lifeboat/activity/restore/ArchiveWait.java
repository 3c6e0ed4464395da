package io.lifeboat.activity.restore;

import io.lifeboat.activity.database.Lsn;
import io.lifeboat.activity.wal.WalTimeline;
import io.lifeboat.runbook.BackupPolicy;
import io.lifeboat.runbook.LogArchive;
import io.lifeboat.workflow.FailureType;
import io.lifeboat.workflow.restore.ArchiveReceipt;
import io.lifeboat.workflow.restore.RestoreActivities.Archived;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** The wait for the archive to hold the log up to a position; so long and no longer, because a receiver may not run at all. */
record ArchiveWait(Archived request, Duration patience) {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

    /** For a receiver that has just lost its server and takes its longest pause. */
    private static final Duration TO_RECOVER = Duration.ofMinutes(2);

    static Duration patience(BackupPolicy policy) {
        return policy.archive()
                .map(LogArchive::ship)
                .orElse(Duration.ZERO)
                .multipliedBy(3)
                .plus(TO_RECOVER);
    }

    /** {@code PRECONDITION_FAILED} when the patience ends; {@code UNAVAILABLE} when the thread is interrupted. */
    ArchiveReceipt until(Supplier<List<WalTimeline>> archive) {
        long started = System.nanoTime();
        Lsn needed = Lsn.parse(request.position());
        while (true) {
            Optional<Lsn> stored = archive.get().stream()
                    .filter(kept -> kept.timeline() == request.timeline())
                    .map(WalTimeline::position)
                    .findFirst();
            if (stored.filter(position -> position.compareTo(needed) >= 0).isPresent()) {
                return new ArchiveReceipt(
                        stored.get().toString(), Math.round((System.nanoTime() - started) / 1e6) / 1000.0);
            }
            String end = stored.map(position -> "it ends at " + position)
                    .orElse("it holds nothing of timeline " + request.timeline());
            if (System.nanoTime() - started > patience.toNanos()) {
                throw FailureType.PRECONDITION_FAILED.failure("Cannot go back in \"" + request.datastore()
                        + "\": its archive should hold the log up to " + needed + " by now, and after "
                        + patience.toSeconds() + " s " + end
                        + ". Look in the workers' logs for \"Receiver of the log of "
                        + request.service() + "/" + request.datastore() + "\": it says what keeps it from receiving.");
            }
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
            if (Thread.currentThread().isInterrupted()) {
                throw FailureType.UNAVAILABLE.failure("The wait for the archive of \"" + request.datastore()
                        + "\" was interrupted; " + end + ". It is looked at again.");
            }
        }
    }
}
