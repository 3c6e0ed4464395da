package io.lifeboat.activity.database.postgresql;

import io.lifeboat.activity.backup.BackupEngines.Prior;
import io.lifeboat.activity.backup.BackupException;
import io.lifeboat.activity.database.DatabaseLook;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.util.Optional;

/** A base backup that holds only what has changed since another one, as the server's summaries of its log tell (PostgreSQL 17). */
record BaseIncrement(Prior base) {
    private static final int FIRST_VERSION = 170_000;

    /**
     * What counts of the server.
     *
     * @param version such as 180006
     * @param summarizes whether it keeps summaries of its log at present
     */
    record Server(int version, boolean summarizes, String systemIdentifier, String timeline) {
        private static final String QUERY = """
                SELECT current_setting('server_version_num')::int, coalesce(current_setting('summarize_wal', true), 'off')
                """;

        /** Asks it. */
        static Server of(PostgresConnection session, DatabaseLook look, String systemIdentifier) {
            String timeline = switch (look) {
                case DatabaseLook.Primary primary -> Long.toString(primary.timeline());
                case DatabaseLook.Standby standby -> Long.toString(standby.timeline());
                case DatabaseLook.Unreachable gone -> "none (" + gone.detail() + ")";
            };
            return session.one(
                    QUERY, row -> new Server(row.getInt(1), row.getString(2).equals("on"), systemIdentifier, timeline));
        }
    }

    /**
     * Why it is not to be taken; empty when the server may be asked for it, which looks at its summaries itself. A promotion is reason
     * enough, although PostgreSQL can go on across one: what comes after a failover should need nothing from before it.
     */
    Optional<String> objection(Server server) {
        String id = base.manifest().id();
        if (server.version() < FIRST_VERSION) {
            return Optional.of("PostgreSQL " + server.version() / 10_000 + " has no incremental base backups, 17 is the"
                    + " first that has");
        }
        if (!server.summarizes()) {
            return Optional.of("summarize_wal is off on the server");
        }
        if (!server.systemIdentifier().equals(base.manifest().source().get(PostgresBaseBackup.SYSTEM))) {
            return Optional.of("the server is not the system that " + id + " is of");
        }
        if (!server.timeline().equals(base.manifest().source().get(PostgresBaseBackup.TIMELINE))) {
            return Optional.of("the server is on timeline " + server.timeline() + ", and " + id + " is of timeline "
                    + base.manifest().source().get(PostgresBaseBackup.TIMELINE));
        }
        return Optional.empty();
    }

    /** Puts the base's list of its files, without which none can be based on it, into the file. Else it says why not. */
    Optional<String> list(PrivateFile file) {
        String id = base.manifest().id();
        if (base.manifest().parts().stream().noneMatch(part -> part.name().equals(BaseStream.LIST))) {
            return Optional.of(id + " has no list of its files beside it");
        }
        try (InputStream list = base.parts().open(BaseStream.LIST);
                OutputStream target = Files.newOutputStream(file.path())) {
            list.transferTo(target);
            return Optional.empty();
        } catch (BackupException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        } catch (ApplicationFailure e) {
            return Optional.of(String.valueOf(e.getOriginalMessage()));
        } catch (IOException e) {
            return Optional.of("reading the list of files of " + id + " broke off");
        }
    }
}
