package io.lifeboat.runbook.lint;

import io.lifeboat.runbook.BackupPolicy;
import io.lifeboat.runbook.BackupPolicy.Method;
import io.lifeboat.runbook.Datastore;
import io.lifeboat.runbook.DurationText;
import io.lifeboat.runbook.LogArchive;
import io.lifeboat.runbook.Objectives;
import io.lifeboat.runbook.RunbookDocument;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A promise for restores that no backup policy of a datastore can keep. How often a server archives its log for pgBackRest is
 * the server's own setting: with that method nothing is said here.
 */
final class RestoreLosesTooMuch implements LintRule {
    @Override
    public String id() {
        return "restore-loses-too-much";
    }

    @Override
    public List<Finding> check(RunbookDocument document) {
        return document.runbook().objectives().restore().map(Objectives.Restore::rpo).stream()
                .flatMap(promised -> document.runbook().datastores().stream()
                        .flatMap(datastore -> judge(document, datastore, promised).stream()))
                .toList();
    }

    private Optional<Finding> judge(RunbookDocument document, Datastore datastore, Duration promised) {
        return least(datastore)
                .filter(lost -> lost.compareTo(promised) > 0)
                .map(lost -> Finding.error(
                        this,
                        document,
                        "objectives.restore.rpo",
                        "When \"%s\" is restored from a backup, up to %s of its writes are lost, but the runbook promises an rpo of %s."
                                .formatted(datastore.name(), DurationText.of(lost), DurationText.of(promised)),
                        "Keep its log with a base backup (archive: { ship: 5s }), back it up at least every %s, or promise a longer rpo."
                                .formatted(DurationText.of(promised))));
    }

    /** What the best of its policies loses; empty where that is not known, or where there is nothing to restore from. */
    private static Optional<Duration> least(Datastore datastore) {
        List<BackupPolicy> whole = datastore.wholeBackups();
        boolean unknown = whole.stream().anyMatch(policy -> policy.method() == Method.PGBACKREST);
        return unknown
                ? Optional.empty()
                : whole.stream()
                        .map(policy -> policy.archive().map(LogArchive::ship).orElse(policy.every()))
                        .min(Duration::compareTo);
    }
}
