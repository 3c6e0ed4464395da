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

/** The wait for the archive to hold the log up to a position; so long and no longer, because nothing may archive it at all. */
record ArchiveWait(Archived request, Duration patience) {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

    /** For a receiver that has just lost its server and takes its longest pause. */
    private static final Duration TO_RECOVER = Duration.ofMinutes(2);

    /** For a server whose segment could not be ended, and that ends one by itself after its {@code archive_timeout}. */
    private static final Duration TO_ARCHIVE = Duration.ofMinutes(10);

    /**
     * How far an archive goes.
     *
     * @param end in words that follow "it"
     */
    record Reach(boolean enough, String position, String end) {}

    static Duration patience(BackupPolicy policy) {
        return policy.pgbackrest()
                .map(settings -> TO_ARCHIVE)
                .orElseGet(() -> policy.archive()
                        .map(LogArchive::ship)
                        .orElse(Duration.ZERO)
                        .multipliedBy(3)
                        .plus(TO_RECOVER));
    }

    /** Of the log that Lifeboat's own receivers store. */
    Reach of(List<WalTimeline> archive) {
        Optional<Lsn> stored = archive.stream()
                .filter(kept -> kept.timeline() == request.timeline())
                .map(WalTimeline::position)
                .findFirst();
        boolean enough = stored.filter(position -> position.compareTo(Lsn.parse(request.position())) >= 0)
                .isPresent();
        return reach(enough, stored.map(Lsn::toString));
    }

    /** Of the log that the server archives by segments; the names of a timeline's segments sort as they follow each other. */
    Reach of(Optional<String> newestSegment) {
        String needed = request.segment().orElse("");
        return reach(newestSegment.filter(name -> name.compareTo(needed) >= 0).isPresent(), newestSegment);
    }

    private Reach reach(boolean enough, Optional<String> stored) {
        return new Reach(
                enough,
                stored.orElse(""),
                stored.map(position -> "it ends at " + position)
                        .orElse("it holds nothing of timeline " + request.timeline()));
    }

    /** {@code PRECONDITION_FAILED} when the patience ends; {@code UNAVAILABLE} when the thread is interrupted. */
    ArchiveReceipt until(Supplier<Reach> archive) {
        long started = System.nanoTime();
        while (true) {
            Reach reach = archive.get();
            if (reach.enough()) {
                return new ArchiveReceipt(reach.position(), Math.round((System.nanoTime() - started) / 1e6) / 1000.0);
            }
            if (System.nanoTime() - started > patience.toNanos()) {
                throw FailureType.PRECONDITION_FAILED.failure("Cannot go back in \"" + request.datastore()
                        + "\": its archive should hold the log up to "
                        + request.segment().orElse(request.position()) + " by now, and after " + patience.toSeconds()
                        + " s " + reach.end() + ". " + whereToLook());
            }
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
            if (Thread.currentThread().isInterrupted()) {
                throw FailureType.UNAVAILABLE.failure("The wait for the archive of \"" + request.datastore()
                        + "\" was interrupted; " + reach.end() + ". It is looked at again.");
            }
        }
    }

    private String whereToLook() {
        return request.policy().pgbackrest().isPresent()
                ? "Look at pg_stat_archiver on the primary, and let the worker's role execute pg_switch_wal() or set"
                        + " archive_timeout, so that a segment need not be full before it is archived."
                : "Look in the workers' logs for \"Receiver of the log of " + request.service() + "/"
                        + request.datastore() + "\": it says what keeps it from receiving.";
    }
}
