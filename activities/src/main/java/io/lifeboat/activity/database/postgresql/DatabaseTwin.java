package io.lifeboat.activity.database.postgresql;

import io.lifeboat.activity.database.DatabaseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What makes a database what it is beside its content: owner, encoding, locale, tablespace, limit, rights and settings. A dump of its
 * content has none of it.
 */
final class DatabaseTwin {
    // The names of the locale's columns differ between the versions; as JSON a missing column is null.
    private static final String CREATE = """
            SELECT concat_ws(' ',
                     format('CREATE DATABASE %I OWNER %I TEMPLATE template0 ENCODING %L', ?, pg_get_userbyid(datdba),
                            pg_encoding_to_char(encoding)),
                     'LOCALE_PROVIDER ' || CASE datlocprovider WHEN 'i' THEN 'icu' WHEN 'b' THEN 'builtin' ELSE 'libc' END,
                     format('LC_COLLATE %L LC_CTYPE %L', datcollate, datctype),
                     CASE datlocprovider
                       WHEN 'i' THEN format('ICU_LOCALE %L', coalesce(j->>'datlocale', j->>'daticulocale'))
                       WHEN 'b' THEN format('BUILTIN_LOCALE %L', j->>'datlocale') END,
                     'ICU_RULES ' || quote_literal(nullif(j->>'daticurules', '')),
                     (SELECT format('TABLESPACE %I', spcname) FROM pg_tablespace
                       WHERE oid = dattablespace AND spcname <> 'pg_default'),
                     'CONNECTION LIMIT ' || datconnlimit)
              FROM pg_database d, to_jsonb(d) j WHERE datname = ?
            """;

    private static final String HAS_OWN_RIGHTS = "SELECT datacl IS NOT NULL FROM pg_database WHERE datname = ?";

    private static final String RIGHTS = """
            SELECT format('GRANT %s ON DATABASE %I TO %s%s', privilege_type, ?,
                          CASE grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(grantee)) END,
                          CASE WHEN is_grantable THEN ' WITH GRANT OPTION' END)
              FROM pg_database, aclexplode(datacl) WHERE datname = ? AND grantee <> datdba
            """;

    // Settings that are lists of names are kept quoted already, as pg_dump knows too (variable_is_guc_list_quote).
    private static final String SETTINGS = """
            SELECT format('ALTER %s SET %I TO ',
                          CASE setrole WHEN 0 THEN format('DATABASE %I', ?)
                               ELSE format('ROLE %I IN DATABASE %I', pg_get_userbyid(setrole), ?) END,
                          name)
                   || CASE WHEN value = '' THEN ''''''
                           WHEN lower(name) IN ('local_preload_libraries', 'search_path', 'session_preload_libraries',
                                                'shared_preload_libraries', 'temp_tablespaces', 'unix_socket_directories')
                           THEN value ELSE quote_literal(value) END
              FROM pg_db_role_setting s JOIN pg_database d ON d.oid = s.setdatabase,
                   unnest(setconfig) setting,
                   split_part(setting, '=', 1) name, substr(setting, strpos(setting, '=') + 1) value
             WHERE datname = ?
            """;

    private final PostgresConnection maintenance;
    private final String original;

    DatabaseTwin(PostgresConnection maintenance, String original) {
        this.maintenance = maintenance;
        this.original = original;
    }

    /**
     * Creates an empty database like the original.
     *
     * @return what of it could not be made, because the role may not
     */
    List<String> create(String name) {
        maintenance.update(maintenance.one(CREATE, row -> row.getString(1), name, original));
        List<String> statements = new ArrayList<>();
        if (maintenance.one(HAS_OWN_RIGHTS, row -> row.getBoolean(1), original)) {
            statements.add("REVOKE ALL ON DATABASE " + PostgresServer.quoted(name) + " FROM PUBLIC");
            statements.addAll(maintenance.all(RIGHTS, row -> row.getString(1), name, original));
        }
        statements.addAll(maintenance.all(SETTINGS, row -> row.getString(1), name, name, original));
        return statements.stream()
                .flatMap(statement -> refused(statement).stream())
                .toList();
    }

    private Optional<String> refused(String statement) {
        try {
            maintenance.update(statement);
            return Optional.empty();
        } catch (DatabaseException e) {
            if (e.kind() == DatabaseException.Kind.UNREACHABLE) {
                throw e;
            }
            return Optional.of(statement + " (" + e.getMessage() + ")");
        }
    }
}
