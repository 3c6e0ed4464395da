package io.lifeboat.activity.backup;

import io.lifeboat.runbook.BackupPolicy;
import io.lifeboat.runbook.BackupPolicy.Method;
import io.lifeboat.runbook.Datastore;
import io.lifeboat.workflow.FailureType;
import java.util.Map;
import java.util.Optional;

/** The engines this worker has, by kind of datastore and method. */
public final class BackupEngines {
    private final Map<Datastore.Kind, Map<Method, BackupTaker>> engines;

    public BackupEngines(Map<Datastore.Kind, Map<Method, BackupTaker>> engines) {
        this.engines = Map.copyOf(engines);
    }

    /** {@code PRECONDITION_FAILED} where this worker has none. */
    BackupTaker of(Datastore datastore, BackupPolicy policy) {
        return Optional.ofNullable(engines.get(datastore.kind()))
                .map(methods -> methods.get(policy.method()))
                .orElseThrow(() -> FailureType.PRECONDITION_FAILED.failure("Cannot back up \"" + datastore.name()
                        + "\" by " + policy.method() + ": this worker has no engine for it. Use another `method` in the"
                        + " runbook, or a worker that has one."));
    }
}
