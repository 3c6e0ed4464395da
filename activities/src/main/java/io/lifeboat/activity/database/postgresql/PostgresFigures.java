package io.lifeboat.activity.database.postgresql;

import io.lifeboat.activity.manifest.Manifest.Content;
import java.util.ArrayList;
import java.util.List;

/**
 * Row counts and content checksums of everything a dump holds. A checksum is the sum of a 64-bit hash of each row's text, so that
 * the order of the rows does not matter, under fixed settings, so that the same rows have the same text everywhere.
 */
final class PostgresFigures {
    private static final List<String> FIXED_SETTINGS = List.of(
            "SET LOCAL datestyle = 'ISO, YMD'",
            "SET LOCAL intervalstyle = 'iso_8601'",
            "SET LOCAL timezone = 'UTC'",
            "SET LOCAL extra_float_digits = 1",
            "SET LOCAL bytea_output = 'hex'",
            "SET LOCAL xmloption = 'content'",
            "SET LOCAL search_path = ''");

    /** Partitions count, the partitioned table above them does not: it has no rows of its own. */
    private static final String TABLES = """
            SELECT format('%I.%I', n.nspname, c.relname)
              FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
             WHERE c.relkind IN ('r', 'm') AND c.relpersistence <> 't'
               AND n.nspname <> 'information_schema' AND n.nspname NOT LIKE 'pg\\_%'
               AND NOT EXISTS (SELECT FROM pg_depend d
                                WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
             ORDER BY 1
            """;

    /** Whatever would be in the way of a restore. */
    static final String RELATIONS = """
            SELECT format('%I.%I', n.nspname, c.relname)
              FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
             WHERE n.nspname <> 'information_schema' AND n.nspname NOT LIKE 'pg\\_%'
               AND NOT EXISTS (SELECT FROM pg_depend d
                                WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
             ORDER BY 1
            """;

    private static final String LARGE_OBJECTS = """
            SELECT count(*), coalesce(sum(hashtextextended(oid || md5(lo_get(oid)), 0)::numeric), 0)
              FROM pg_largeobject_metadata
            """;

    private PostgresFigures() {}

    /** Everything in the database, as the session's transaction sees it. */
    static List<Content> of(PostgresConnection transaction) {
        FIXED_SETTINGS.forEach(transaction::update);
        List<Content> figures = new ArrayList<>();
        for (String table : transaction.all(TABLES, row -> row.getString(1))) {
            figures.add(figures(transaction, table, """
                    SELECT count(*), coalesce(sum(hashtextextended(t::text, 0)::numeric), 0) FROM %s t
                    """.formatted(table)));
        }
        Content largeObjects = figures(transaction, "large objects", LARGE_OBJECTS);
        if (largeObjects.rows() > 0) {
            figures.add(largeObjects);
        }
        return List.copyOf(figures);
    }

    private static Content figures(PostgresConnection transaction, String name, String query) {
        return transaction.one(query, row -> new Content(name, row.getLong(1), row.getString(2)));
    }
}
