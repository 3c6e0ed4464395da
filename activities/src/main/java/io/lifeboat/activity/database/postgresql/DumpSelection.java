package io.lifeboat.activity.database.postgresql;

import io.lifeboat.activity.backup.BackupException;
import io.lifeboat.activity.backup.BackupException.Kind;
import io.lifeboat.activity.database.DatabaseInstance;
import io.lifeboat.runbook.DumpScope;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A {@link DumpScope} as one database has it: the tables it names were found, and their partitions with them. */
final class DumpSelection {
    /** A table that an extension has made comes back with the extension: {@code pg_dump} never takes it. */
    private static final String TABLE_AND_BELOW = """
            WITH RECURSIVE taken AS (
                SELECT c.oid FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                 WHERE n.nspname = ? AND c.relname = ? AND c.relkind IN ('r', 'p') AND c.relpersistence <> 't'
                   AND n.nspname <> 'information_schema' AND n.nspname NOT LIKE 'pg\\_%'
                   AND NOT EXISTS (SELECT FROM pg_depend d
                                    WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
                 UNION
                SELECT i.inhrelid FROM pg_inherits i JOIN taken ON taken.oid = i.inhparent)
            SELECT n.nspname, c.relname, format('%I.%I', n.nspname, c.relname)
              FROM taken JOIN pg_class c USING (oid) JOIN pg_namespace n ON n.oid = c.relnamespace
             ORDER BY 1, 2
            """;

    private final DumpScope scope;
    private final List<Table> tables;

    /** @param name as SQL text has it, quoted only where it must be */
    private record Table(String schema, String relation, String name) {
        private static Table read(ResultSet row) throws SQLException {
            return new Table(row.getString(1), row.getString(2), row.getString(3));
        }

        /** Quoted, so that no character of it is taken for a wildcard. */
        private String pattern() {
            return PostgresServer.quoted(schema) + "." + PostgresServer.quoted(relation);
        }
    }

    private DumpSelection(DumpScope scope, List<Table> tables) {
        this.scope = scope;
        this.tables = List.copyOf(tables);
    }

    /** {@code PRECONDITION} with every table that is not there. */
    static DumpSelection of(DumpScope scope, PostgresConnection transaction, DatabaseInstance source) {
        Set<Table> found = new LinkedHashSet<>();
        List<String> missing = new ArrayList<>();
        for (String wanted : scope.tables()) {
            int dot = wanted.indexOf('.');
            List<Table> here =
                    transaction.all(TABLE_AND_BELOW, Table::read, wanted.substring(0, dot), wanted.substring(dot + 1));
            found.addAll(here);
            if (here.isEmpty()) {
                missing.add("\"" + wanted + "\"");
            }
        }
        if (!missing.isEmpty()) {
            throw new BackupException(
                    Kind.PRECONDITION,
                    "Cannot back up " + source.name() + ": its runbook's `dump.tables` names "
                            + String.join(", ", missing)
                            + ", and its database has no such table of its own. Correct the name, upper and lower case"
                            + " included, or take it out of the list; a backup without it would look as if all were there.");
        }
        return new DumpSelection(scope, List.copyOf(found));
    }

    boolean isWhole() {
        return scope.whole();
    }

    boolean withRows() {
        return !scope.schemaOnly();
    }

    /** @param name as SQL text has it, quoted only where it must be */
    boolean holds(String name) {
        return scope.tables().isEmpty()
                || tables.stream().anyMatch(table -> table.name().equals(name));
    }

    /** What {@code pg_dump} is told. */
    List<String> arguments() {
        List<String> arguments = new ArrayList<>();
        if (!tables.isEmpty()) {
            arguments.add("--strict-names");
            tables.forEach(table -> arguments.add("--table=" + table.pattern()));
        }
        if (scope.schemaOnly()) {
            arguments.add("--schema-only");
        }
        return arguments;
    }

    /** What alone a dump of it has, for the manifest; absent where that is everything. */
    Optional<String> holdsOnly() {
        if (isWhole()) {
            return Optional.empty();
        }
        String named = (scope.tables().size() == 1 ? "the table " : "the tables ") + String.join(", ", scope.tables());
        if (!scope.schemaOnly()) {
            return Optional.of(named);
        }
        return Optional.of("the definitions" + (scope.tables().isEmpty() ? "" : " of " + named) + ", and no rows");
    }
}
