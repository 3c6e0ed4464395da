package io.lifeboat.activity.backup;

import io.lifeboat.activity.database.DatabaseInstance;
import io.lifeboat.activity.database.DatabaseLook;
import io.lifeboat.activity.database.Databases;
import io.lifeboat.runbook.Datastore;
import io.lifeboat.workflow.FailureType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which instance of a datastore is read: the one that accepts writes, because nothing is newer; where none does, as between a lost
 * region and its failover, the standby.
 */
final class BackupSource {
    private static final Duration LOOK = Duration.ofSeconds(3);

    private final Databases databases;

    BackupSource(Databases databases) {
        this.databases = databases;
    }

    /** {@code UNAVAILABLE}, with what was seen in each region, where no instance can be read. */
    DatabaseInstance of(Datastore datastore) {
        Optional<DatabaseInstance> standby = Optional.empty();
        List<String> seen = new ArrayList<>();
        for (Datastore.Instance candidate : datastore.instances()) {
            DatabaseInstance instance = databases.instance(datastore, candidate.region());
            DatabaseLook look = databases.engine(datastore).look(instance, LOOK);
            switch (look) {
                case DatabaseLook.Primary primary
                when primary.accepting() -> {
                    return instance;
                }
                case DatabaseLook.Standby receiving when receiving.accepting() -> standby = Optional.of(instance);
                default -> seen.add(candidate.region() + ": " + look.detail());
            }
        }
        return standby.orElseThrow(() -> FailureType.UNAVAILABLE.failure("Cannot back up \"" + datastore.name()
                + "\": no instance of it can be read. " + String.join("; ", seen) + ". It is tried again."));
    }
}
