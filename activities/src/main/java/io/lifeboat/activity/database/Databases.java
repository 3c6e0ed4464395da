package io.lifeboat.activity.database;

import io.lifeboat.activity.site.Settings;
import io.lifeboat.runbook.Datastore;
import io.lifeboat.workflow.FailureType;
import java.util.Map;
import java.util.Optional;

/** Finds the engine of a datastore and its instance in a region; connections are resolved here, at the moment of use. */
public final class Databases {
    private final Settings settings;
    private final Map<Datastore.Kind, DatabaseEngine> engines;

    public Databases(Settings settings, Map<Datastore.Kind, DatabaseEngine> engines) {
        this.settings = settings;
        this.engines = Map.copyOf(engines);
    }

    /** The engine that speaks to this kind of datastore. */
    public DatabaseEngine engine(Datastore datastore) {
        return Optional.ofNullable(engines.get(datastore.kind()))
                .orElseThrow(() -> FailureType.PRECONDITION_FAILED.failure("Cannot work with datastore \""
                        + datastore.name() + "\": this worker has no engine for " + datastore.kind()
                        + ". Use a worker that has one."));
    }

    /** The datastore's instance in a region, or {@code TARGET_NOT_FOUND}. */
    public DatabaseInstance instance(Datastore datastore, String region) {
        Datastore.Instance instance = datastore
                .in(region)
                .orElseThrow(() -> FailureType.TARGET_NOT_FOUND.failure("Cannot reach datastore \"" + datastore.name()
                        + "\" in " + region + ": the runbook names no instance there. Add one under `instances`."));
        return new DatabaseInstance(datastore.name(), region, settings.resolve(instance.connection()));
    }
}
