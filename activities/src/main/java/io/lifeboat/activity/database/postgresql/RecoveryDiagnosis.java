package io.lifeboat.activity.database.postgresql;

import io.lifeboat.activity.backup.BackupException;
import io.lifeboat.activity.backup.BackupException.Kind;
import io.lifeboat.activity.database.Lsn;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Says why a recovery failed, or ended too early, from what the server said and from what it asked for in vain. */
record RecoveryDiagnosis(SandboxRequest request, RecoveryLog log, SegmentFeed.Served served) {

    /** The failure of a server that ended instead of leaving recovery. */
    BackupException ofFailure() throws IOException {
        if (served.failure().isPresent()) {
            return failure(
                    Kind.UNAVAILABLE,
                    "the archived log could not be read: " + served.failure().get() + ". Try again when it can");
        }
        Optional<List<String>> wrongSize = log.wrongSize();
        if (wrongSize.isPresent()) {
            List<String> seen = wrongSize.get();
            return failure(
                    Kind.CORRUPT,
                    "WAL segment " + seen.get(0) + " has " + seen.get(1) + " bytes instead of " + seen.get(2)
                            + ". Fetch it from the archive's copy, or choose a target before it");
        }
        if (log.wrongTimeline().isPresent()) {
            return failure(
                    Kind.PRECONDITION,
                    "its timeline cannot be followed: " + log.wrongTimeline().get()
                            + ". Choose a timeline that the archive has and that the backup lies on");
        }
        Optional<BackupException> broken = brokenLog();
        if (broken.isPresent()) {
            return broken.get();
        }
        if (log.endedBeforeTarget()) {
            return failure(
                    Kind.PRECONDITION,
                    "the archived log ends before it" + end() + ". It "
                            + RecoveryWindow.of(request.backup())
                            + ". Choose an earlier target, or let the source archive a transaction after it");
        }
        if (log.targetBeforeConsistency()) {
            return failure(
                    Kind.PRECONDITION,
                    "it lies before the backup's end. The backup " + RecoveryWindow.of(request.backup())
                            + ". Choose a later target, or an older backup");
        }
        return failure(
                Kind.UNAVAILABLE,
                "its server ended, and its log " + request.folder().resolve("server.log") + " ends with: "
                        + log.ending());
    }

    /** What is wrong although the server is content: it takes a gap for the end of the log. */
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
        Optional<String> missing = served.missing();
        if (missing.isPresent()) {
            Optional<String> newest = request.wal().newestSegment(Long.parseLong(missing.get(), 0, 8, 16));
            if (newest.filter(n -> n.compareTo(missing.get()) > 0).isPresent()) {
                return Optional.of(failure(
                        Kind.CORRUPT,
                        "WAL segment " + missing.get() + " is missing, though the archive goes on to " + newest.get()
                                + end() + ". Find that segment, or choose a target before it"));
            }
            if (log.endedBeforeConsistency()) {
                return Optional.of(failure(Kind.CORRUPT, "WAL segment " + missing.get() + " is missing"));
            }
        }
        return Optional.empty();
    }

    private String end() {
        String position = served.position()
                .map(Lsn::toString)
                .map(p -> ", in the segment that begins at " + p)
                .orElse("");
        String commit =
                log.lastCommit().map(c -> "; the last commit before is of " + c).orElse("");
        return position + commit;
    }

    private BackupException failure(Kind kind, String what) {
        return new BackupException(
                kind,
                "Cannot recover backup " + request.backup().id() + " of "
                        + request.backup().service() + "/" + request.backup().datastore() + " to " + request.target()
                        + ": " + what + ".");
    }
}
