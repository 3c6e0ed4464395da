package io.lifeboat.workflow.restore;

import io.lifeboat.runbook.BackupPolicy;
import io.lifeboat.runbook.BackupPolicy.Method;
import io.lifeboat.runbook.Datastore;
import io.lifeboat.runbook.Runbook;
import io.lifeboat.runbook.SmokeTest;
import io.lifeboat.workflow.FailureType;
import java.util.List;
import java.util.Optional;

/** The datastore that a restore test is about, with the policy whose backups it restores. */
record RestoreSubject(String service, Datastore datastore, BackupPolicy policy, List<SmokeTest.Sql> checks) {

    /** {@code TARGET_NOT_FOUND} or {@code PRECONDITION_FAILED} where the runbook has none that fits. */
    static RestoreSubject of(Runbook runbook, Optional<String> wanted, boolean archived) {
        wanted.ifPresent(name -> named(runbook, name));
        for (Datastore datastore : runbook.datastores()) {
            Optional<BackupPolicy> policy = datastore.backups().stream()
                    .filter(p -> p.method() == Method.BASEBACKUP
                            && (!archived || p.archive().isPresent()))
                    .findFirst();
            if (policy.isPresent() && wanted.map(datastore.name()::equals).orElse(true)) {
                return new RestoreSubject(runbook.service(), datastore, policy.get(), checks(runbook, datastore));
            }
        }
        throw FailureType.PRECONDITION_FAILED.failure("Cannot restore a backup of \"" + runbook.service()
                + wanted.map(w -> "/" + w).orElse("")
                + "\" in an isolated instance: its runbook has no policy with method `basebackup`"
                + (archived ? " and an `archive`" : "") + ". Add one.");
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
