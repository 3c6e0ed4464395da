package io.lifeboat.activity.wal;

import io.lifeboat.activity.database.DatabaseEngine;
import io.lifeboat.activity.database.DatabaseException;
import io.lifeboat.activity.database.DatabaseInstance;
import io.lifeboat.activity.database.DatabaseLook;
import io.lifeboat.activity.database.Databases;
import io.lifeboat.runbook.Datastore;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The instance of a datastore that is the primary, the one with the newest timeline where an old one has come back. A fenced one
 * counts: what it wrote before is still to be received.
 */
public final class NewestPrimary implements Supplier<DatabaseInstance> {
    private static final Duration BOUND = Duration.ofSeconds(2);

    private final Databases databases;
    private final Datastore datastore;

    public NewestPrimary(Databases databases, Datastore datastore) {
        this.databases = databases;
        this.datastore = datastore;
    }

    @Override
    public DatabaseInstance get() {
        DatabaseEngine engine = databases.engine(datastore);
        Optional<DatabaseInstance> newest = Optional.empty();
        long timeline = 0;
        for (Datastore.Instance candidate : datastore.instances()) {
            DatabaseInstance instance = databases.instance(datastore, candidate.region());
            if (engine.look(instance, BOUND) instanceof DatabaseLook.Primary primary && primary.timeline() > timeline) {
                newest = Optional.of(instance);
                timeline = primary.timeline();
            }
        }
        return newest.orElseThrow(() -> new DatabaseException(
                DatabaseException.Kind.UNREACHABLE, "no instance of it is a primary that can be reached"));
    }
}
