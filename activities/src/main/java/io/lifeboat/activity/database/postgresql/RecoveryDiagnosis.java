package io.lifeboat.activity.database.postgresql;

import io.lifeboat.activity.backup.BackupException;
import io.lifeboat.activity.backup.BackupException.Kind;
import java.io.IOException;
import java.util.Optional;

/** Says why a recovery failed, or ended too early, from what the server said and from what it asked for in vain. */
record RecoveryDiagnosis(SandboxRequest request, RecoveryLog log, SegmentFeed.Served served) {

    /** The failure of a server that ended instead of leaving recovery. */
    BackupException ofFailure() throws IOException {
        if (served.failure().isPresent()) {
            BackupException unread = served.failure().get();
            return failure(
                    unread.kind(),
                    "the archived log could not be read: " + unread.getMessage()
                            + ". Try again when it can, or use the archive's copy");
        }
        Optional<String> unusable = log.wrongSize();
        if (unusable.isPresent()) {
            return failure(
                    Kind.CORRUPT,
                    unusable.get() + ". Fetch that segment from the archive's copy, or choose a target before it");
        }
        if (log.wrongTimeline().isPresent()) {
            return failure(
                    Kind.PRECONDITION,
                    "its timeline cannot be followed: " + log.wrongTimeline().get()
                            + ". Choose a timeline that the archive has and that the backup lies on");
        }
        if (log.targetBeforeConsistency()) {
            return failure(
                    Kind.PRECONDITION,
                    "it lies before the backup's end. The backup " + RecoveryWindow.of(request.backup())
                            + ". Choose a later target, or an older backup");
        }
        if (log.endedBeforeTarget() || log.endedBeforeConsistency()) {
            return brokenLog().orElseGet(this::endOfLog);
        }
        return failure(
                Kind.UNAVAILABLE,
                "its server ended, and its log " + request.folder().resolve("server.log") + " ends with: "
                        + log.ending());
    }

    /** What is wrong although the server is content: it takes damage and gaps for the end of the log. */
    Optional<BackupException> ofSuccess() throws IOException {
        return request.target() instanceof RecoveryTarget.EndOfArchive ? brokenLog() : Optional.empty();
    }

    private Optional<BackupException> brokenLog() throws IOException {
        if (log.damage().isPresent()) {
            return Optional.of(failure(
                    Kind.CORRUPT,
                    "the archived log is damaged: " + log.damage().get() + end()
                            + ". Fetch that segment from the archive's copy, or choose a target before it"));
        }
        if (served.missing().isEmpty()) {
            return Optional.empty();
        }
        String missing = served.missing().get();
        return request.wal()
                .newestSegment(Long.parseLong(missing, 0, 8, 16))
                .filter(newest -> newest.compareTo(missing) > 0)
                .map(newest -> failure(
                        Kind.CORRUPT,
                        "WAL segment " + missing + " is missing, though the archive goes on to " + newest + end()
                                + ". Find that segment, or choose a target before it"));
    }

    private BackupException endOfLog() {
        return failure(
                Kind.PRECONDITION,
                "the archived log ends before it"
                        + served.missing()
                                .map(m -> ", segment " + m + " is not there")
                                .orElse("") + end()
                        + ". The backup " + RecoveryWindow.of(request.backup())
                        + ". Choose an earlier target, or let the source archive a transaction after it");
    }

    private String end() {
        return served.position()
                        .map(p -> "; the last segment there was begins at " + p)
                        .orElse("")
                + log.lastCommit()
                        .map(c -> "; the last commit replayed is of " + c)
                        .orElse("");
    }

    private BackupException failure(Kind kind, String what) {
        return new BackupException(
                kind,
                "Cannot recover backup " + request.backup().id() + " of "
                        + request.backup().service() + "/" + request.backup().datastore() + " to " + request.target()
                        + ": " + what + ".");
    }
}
