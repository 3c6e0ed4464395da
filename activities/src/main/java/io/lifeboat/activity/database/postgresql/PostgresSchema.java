package io.lifeboat.activity.database.postgresql;

/** Schema {@code lifeboat} in the service's database: the pulse's markers and the newest promotion. */
final class PostgresSchema {
    private PostgresSchema() {}

    /** Creates what is missing. The role needs the right to create a schema only as long as something is missing. */
    static void ensure(PostgresConnection service) {
        boolean complete = service.one(
                "SELECT to_regclass('lifeboat_recovery.marker') IS NOT NULL AND to_regclass('lifeboat_recovery.epoch') IS NOT NULL",
                row -> row.getBoolean(1));
        if (complete) {
            return;
        }
        service.update("CREATE SCHEMA IF NOT EXISTS lifeboat_recovery");
        service.update("""
                CREATE TABLE IF NOT EXISTS lifeboat_recovery.marker (
                  pulse text NOT NULL, number bigint NOT NULL, at_millis bigint NOT NULL, PRIMARY KEY (pulse, number))
                """);
        service.update("""
                CREATE TABLE IF NOT EXISTS lifeboat_recovery.epoch (
                  service text PRIMARY KEY, number bigint NOT NULL, run text NOT NULL, region text NOT NULL,
                  receipt text, at timestamptz NOT NULL DEFAULT now())
                """);
    }
}
