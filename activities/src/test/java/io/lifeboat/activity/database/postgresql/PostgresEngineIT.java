package io.lifeboat.activity.database.postgresql;

import io.lifeboat.activity.database.DatabaseEngine;
import io.lifeboat.activity.database.DatabaseEngineContract;
import io.lifeboat.activity.database.DatabaseInstance;
import io.lifeboat.activity.database.PostgresPair;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;

class PostgresEngineIT extends DatabaseEngineContract {
    @AutoClose
    private static PostgresPair pair;

    @BeforeAll
    static void startPrimary() {
        pair = PostgresPair.primaryOnly();
    }

    @Override
    protected DatabaseEngine engine() {
        return new PostgresEngine();
    }

    @Override
    protected DatabaseInstance primary() {
        return pair.instance(PostgresPair.EAST);
    }

    @Override
    protected DatabaseInstance withPassword(String password) {
        return instance(primary().connection().replaceFirst(":[^:@/]+@", ":" + password + "@"));
    }

    @Override
    protected DatabaseInstance atPort(int port) {
        return instance(primary().connection().replaceFirst("@127[.\\d]+:\\d+", "@127.0.0.1:" + port));
    }

    private static DatabaseInstance instance(String uri) {
        return new DatabaseInstance("orders-db", PostgresPair.EAST, uri);
    }
}
