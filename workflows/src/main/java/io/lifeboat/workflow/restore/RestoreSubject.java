package io.lifeboat.workflow.restore;

import io.lifeboat.runbook.BackupPolicy;
import io.lifeboat.runbook.Datastore;
import io.lifeboat.runbook.Runbook;
import io.lifeboat.runbook.SmokeTest;
import io.lifeboat.workflow.FailureType;
import java.util.List;
import java.util.Optional;

/** The datastore that a restore test is about, with the policy whose backups it restores. */
record RestoreSubject(String service, Datastore datastore, BackupPolicy policy, List<SmokeTest.Sql> checks) {

    /** The first that fits; {@code TARGET_NOT_FOUND} or {@code PRECONDITION_FAILED} where the runbook has none. */
    static RestoreSubject of(Runbook runbook, Optional<String> wanted, boolean archived) {
        return all(runbook, wanted, archived).getFirst();
    }

    /** Those that fit, at least one; {@code TARGET_NOT_FOUND} or {@code PRECONDITION_FAILED} where the runbook has none. */
    static List<RestoreSubject> all(Runbook runbook, Optional<String> wanted, boolean archived) {
        wanted.ifPresent(name -> named(runbook, name));
        List<RestoreSubject> fitting = runbook.datastores().stream()
                .filter(datastore -> wanted.map(datastore.name()::equals).orElse(true))
                .flatMap(datastore -> policy(datastore, archived).stream()
                        .map(policy ->
                                new RestoreSubject(runbook.service(), datastore, policy, checks(runbook, datastore))))
                .toList();
        if (fitting.isEmpty()) {
            throw FailureType.PRECONDITION_FAILED.failure("Cannot restore a backup of \"" + runbook.service()
                    + wanted.map(w -> "/" + w).orElse("")
                    + "\" in an isolated instance: its runbook has no policy with method `basebackup`"
                    + (archived ? " and an `archive`" : "") + " or `pgbackrest`. Add one.");
        }
        return fitting;
    }

    private static Optional<BackupPolicy> policy(Datastore datastore, boolean archived) {
        return datastore.backups().stream()
                .filter(p -> p.ofFiles() && (!archived || p.toAnyMoment()))
                .findFirst();
    }

    /** The datastore of that name, or the only one there is; {@code TARGET_NOT_FOUND} otherwise. */
    static Datastore datastore(Runbook runbook, Optional<String> wanted) {
        if (wanted.isEmpty() && runbook.datastores().size() == 1) {
            return runbook.datastores().getFirst();
        }
        return named(runbook, wanted.orElse(""));
    }

    private static Datastore named(Runbook runbook, String name) {
        return runbook.datastores().stream()
                .filter(datastore -> datastore.name().equals(name))
                .findFirst()
                .orElseThrow(() -> FailureType.TARGET_NOT_FOUND.failure("Cannot find datastore \"" + name + "\" of \""
                        + runbook.service() + "\": its runbook has "
                        + runbook.datastores().stream().map(Datastore::name).toList() + ". Name one of them."));
    }

    /** The SQL smoke tests of a datastore. */
    static List<SmokeTest.Sql> checks(Runbook runbook, Datastore datastore) {
        return runbook.smokeTests().stream()
                .filter(SmokeTest.Sql.class::isInstance)
                .map(SmokeTest.Sql.class::cast)
                .filter(test -> test.datastore().equals(datastore.name()))
                .toList();
    }
}
