package io.lifeboat.activity.database.postgresql;

import io.lifeboat.activity.manifest.Manifest.Content;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Row counts and content checksums of everything a dump holds. A checksum is the sum of a 64-bit hash of each row, so that the order
 * of the rows does not matter. PostgreSQL 14 or newer.
 */
final class PostgresFigures {
    private static final List<String> FIXED_SETTINGS = List.of(
            "SET datestyle = 'ISO, YMD'",
            "SET intervalstyle = 'iso_8601'",
            "SET timezone = 'UTC'",
            "SET extra_float_digits = 1",
            "SET bytea_output = 'hex'",
            "SET xmloption = 'content'",
            "SET search_path = ''");

    /**
     * Partitions count, the partitioned table above them does not: it has no rows of its own. Nor does a materialized view that was
     * never filled, which a dump does not fill either. Beside each table stands what is
     * hashed of a row, by name, since a restore may order the columns differently. A value is hashed as its bytes where equal
     * values have equal bytes in every database, which was measured four times as fast as hashing the row's text; otherwise (an
     * enum's hash is of its OID, a numeric's forgets the scale) as its text, under settings that make it the same everywhere.
     */
    private static final String TABLES = """
            SELECT format('%I.%I', n.nspname, c.relname),
                   (SELECT coalesce(string_agg(format(
                               CASE WHEN a.atttypid = ANY ('{boolean, "char", smallint, integer, bigint, bytea, uuid,
                                                             date, time, timestamp, timestamptz}'::regtype[])
                                    THEN 't.%I'
                                    WHEN a.atttypid = ANY ('{text, varchar, bpchar}'::regtype[])
                                    THEN 't.%I COLLATE "C"'
                                    ELSE 't.%I::text COLLATE "C"'
                               END, a.attname), ', ' ORDER BY a.attname), '')
                      FROM pg_attribute a
                     WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped),
                   c.relkind = 'm'
              FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
             WHERE c.relkind IN ('r', 'm') AND c.relispopulated AND c.relpersistence <> 't'
               AND n.nspname <> 'information_schema' AND n.nspname NOT LIKE 'pg\\_%'
               AND NOT EXISTS (SELECT FROM pg_depend d
                                WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
             ORDER BY 1
            """;

    /** The checksum of an empty table. */
    private static final String NO_ROWS = "0";

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
            SELECT count(*), coalesce(sum(hashtextextended(oid || md5(lo_get(oid)), 0)), 0)
              FROM pg_largeobject_metadata
            """;

    /**
     * @param hashed expressions over a row {@code t}
     * @param derived whether it is a materialized view, which a restore fills from the tables
     */
    private record Table(String name, String hashed, boolean derived) {}

    private PostgresFigures() {}

    /** Everything in the database, as the session's transaction sees it. */
    static List<Content> of(PostgresConnection transaction) {
        return of(transaction, Map.of());
    }

    /**
     * Everything in the database, as the session's transaction sees it.
     *
     * @param known of tables that were counted before, by name, and that nobody has changed since
     */
    static List<Content> of(PostgresConnection transaction, Map<String, Content> known) {
        List<Content> figures = new ArrayList<>();
        for (Table table : tables(transaction)) {
            figures.add(known.containsKey(table.name()) ? known.get(table.name()) : ofRows(transaction, table));
        }
        Content largeObjects = figures(transaction, "large objects", LARGE_OBJECTS);
        if (largeObjects.rows() > 0) {
            figures.add(largeObjects);
        }
        return List.copyOf(figures);
    }

    /** What a copy of this selection has, as the session's transaction sees it. */
    static List<Content> of(PostgresConnection transaction, DumpSelection selection) {
        if (selection.isWhole()) {
            return of(transaction);
        }
        List<Content> figures = new ArrayList<>();
        for (Table table : tables(transaction)) {
            if (selection.holds(table.name())) {
                if (selection.withRows()) {
                    figures.add(ofRows(transaction, table));
                } else if (!table.derived()) {
                    figures.add(new Content(table.name(), 0, NO_ROWS));
                }
            }
        }
        return List.copyOf(figures);
    }

    /** Of one table; absent where it is none that has rows of its own. */
    static Optional<Content> ofTable(PostgresConnection session, String name) {
        return tables(session).stream()
                .filter(table -> table.name().equals(name))
                .findFirst()
                .map(table -> ofRows(session, table));
    }

    private static List<Table> tables(PostgresConnection session) {
        FIXED_SETTINGS.forEach(session::update);
        return session.all(TABLES, row -> new Table(row.getString(1), row.getString(2), row.getBoolean(3)));
    }

    private static Content ofRows(PostgresConnection transaction, Table table) {
        return figures(transaction, table.name(), """
                SELECT count(*), coalesce(sum(hash_record_extended(ROW(%s), 0)), 0) FROM %s t
                """.formatted(table.hashed(), table.name()));
    }

    private static Content figures(PostgresConnection transaction, String name, String query) {
        return transaction.one(query, row -> new Content(name, row.getLong(1), row.getString(2)));
    }
}
