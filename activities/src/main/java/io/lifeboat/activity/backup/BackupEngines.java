package io.lifeboat.activity.backup;

import io.lifeboat.activity.manifest.Manifest;
import io.lifeboat.runbook.BackupPolicy;
import io.lifeboat.runbook.BackupPolicy.Method;
import io.lifeboat.runbook.Datastore;
import io.lifeboat.workflow.FailureType;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.stream.Stream;

/** The engines this worker has, by kind of datastore and method. */
public final class BackupEngines {
    private final Map<Datastore.Kind, Map<Method, Engine>> engines;

    public BackupEngines(Map<Datastore.Kind, Map<Method, Engine>> engines) {
        this.engines = Map.copyOf(engines);
    }

    /** Makes the taker of each backup. */
    public interface Engine {
        BackupTaker taker(Assignment assignment);

        /** Where the policy's backups are, for a method that does not pass their bytes on. */
        default Optional<OwnRepository> repository(BackupPolicy policy) {
            return Optional.empty();
        }
    }

    /**
     * One backup to be taken.
     *
     * @param id of the backup
     * @param base what it may be based on, where the policy wants increments; absent when a full one is due
     * @param fullBecause why a full one is due, where the policy wants increments
     * @param progress told the bytes read so far by a taker that passes none of them on itself, from the calling thread
     */
    public record Assignment(
            BackupPolicy policy,
            String id,
            Optional<Prior> base,
            Optional<String> fullBecause,
            LongConsumer progress) {}

    /** A backup that another is based on: its manifest is verified, and each of its parts is as it is read. */
    public record Prior(Manifest manifest, StoredParts parts) {}

    /** Where a policy's backups are, if not in its own places. */
    Optional<OwnRepository> repository(BackupPolicy policy) {
        return engines.values().stream()
                .flatMap(methods -> Stream.ofNullable(methods.get(policy.method())))
                .flatMap(engine -> engine.repository(policy).stream())
                .findFirst();
    }

    /** {@code PRECONDITION_FAILED} where this worker has none. */
    BackupTaker of(Datastore datastore, Assignment assignment) {
        Method method = assignment.policy().method();
        return Optional.ofNullable(engines.get(datastore.kind()))
                .map(methods -> methods.get(method))
                .orElseThrow(() -> FailureType.PRECONDITION_FAILED.failure("Cannot back up \"" + datastore.name()
                        + "\" by " + method + ": this worker has no engine for it. Use another `method` in the"
                        + " runbook, or a worker that has one."))
                .taker(assignment);
    }
}
