package io.lifeboat.activity.database.postgresql;

import io.lifeboat.activity.backup.BackupException;
import io.lifeboat.activity.backup.BackupException.Kind;
import io.lifeboat.activity.database.DatabaseInstance;
import io.lifeboat.activity.database.Deadline;
import io.lifeboat.activity.manifest.Manifest;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A new server with an empty database, for a dump to be loaded into: of the source's encoding, and made by a superuser of the same name,
 * because rights are granted in that name. Its locale is C, so that it does not depend on what the worker's system has installed.
 */
final class SandboxCreation {
    private final SandboxFolder folder;
    private final ServerUser user;
    private final SandboxPrograms programs;
    private final SandboxServer server;
    private final InetSocketAddress listen;
    private final Manifest dump;

    SandboxCreation(
            SandboxFolder folder, ServerUser user, SandboxPrograms programs, InetSocketAddress listen, Manifest dump) {
        this.folder = folder;
        this.user = user;
        this.programs = programs;
        this.server = new SandboxServer(folder, programs);
        this.listen = listen;
        this.dump = dump;
    }

    DatabaseInstance run(Deadline deadline, Runnable alive) throws IOException {
        DumpOrigin origin = DumpOrigin.of(dump);
        programs.postgres(
                deadline,
                alive,
                "initdb",
                "--pgdata=" + folder.folder("data", user),
                "--username=" + origin.superuser(),
                "--encoding=" + origin.encoding(),
                "--locale=C",
                "--no-sync",
                "--no-instructions");
        String role = SandboxConnection.newRole();
        PostgresUri uri = SandboxConnection.to(listen, role, origin.database());
        folder.write("data/pg_hba.conf", SandboxSettings.access(role), user);
        folder.write("data/postgresql.conf", SandboxSettings.configuration(listen, folder.data(), Map.of()), user);
        server.runAlone(deadline, statements(uri));
        server.start();
        if (!server.awaitReady(deadline, alive)) {
            throw new BackupException(
                    Kind.UNAVAILABLE,
                    "Cannot start a new server for " + dump.id() + ": " + programs.lastWords(SandboxServer.LOG));
        }
        Isolation.check(uri, folder.data());
        return new SandboxConnection(dump.datastore(), uri).keptIn(folder, user);
    }

    private static List<String> statements(PostgresUri uri) {
        List<String> statements = new ArrayList<>();
        statements.add(SandboxConnection.createRole(uri));
        if (new PostgresServer(uri).hasDatabaseOfItsOwn()) {
            statements.add("CREATE DATABASE " + PostgresServer.quoted(uri.database()) + " TEMPLATE template0");
        }
        return statements;
    }
}
