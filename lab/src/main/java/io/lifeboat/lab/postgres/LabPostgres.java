package io.lifeboat.lab.postgres;

import io.lifeboat.lab.LabState.Credentials;
import io.lifeboat.lab.process.LabProcesses;
import io.lifeboat.lab.process.Launch;
import io.lifeboat.lab.process.Launcher;
import io.lifeboat.lab.process.StartedProcess;
import io.lifeboat.lab.tool.InstalledTool;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One PostgreSQL cluster: a primary made by {@link #createPrimary} or a streaming standby made by {@link
 * #createStandby}, then started, stopped cleanly or killed as often as one likes.
 */
public final class LabPostgres {

    public static final String DATABASE = "orders";
    public static final int USUAL_PORT = 5432;

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final InstalledTool postgres;
    private final Launcher launcher;
    private final PostgresSite site;
    private final Credentials credentials;
    private final ServerUser user = new ServerUser();

    public LabPostgres(InstalledTool postgres, Launcher launcher, PostgresSite site, Credentials credentials) {
        this.postgres = postgres;
        this.launcher = launcher;
        this.site = site;
        this.credentials = credentials;
        user.requireReachable(
                site.data(), "Set LIFEBOAT_LAB_HOME to a folder that everyone may enter, /var/tmp/lab for instance.");
        user.requireReachable(postgres.executable(), "Set LIFEBOAT_CACHE to a folder that everyone may enter.");
        user.own(site.folder());
    }

    /** Makes a new cluster, starts it, and sets up Lifeboat's role and the service's database. */
    public void createPrimary() {
        DataFolder data = new DataFolder(site, user);
        String administrator = Passwords.make();
        Path password = data.writePassword(administrator);
        run(
                "initdb",
                List.of(
                        "--pgdata=" + site.data(),
                        "--username=" + Roles.ADMINISTRATOR,
                        "--pwfile=" + password,
                        "--auth=scram-sha-256",
                        "--encoding=UTF8",
                        "--locale=C",
                        "--locale-provider=builtin",
                        "--builtin-locale=C.UTF-8",
                        "--no-sync",
                        "--no-instructions"),
                Map.of());
        data.removePassword();
        data.writeSettings(false);
        data.writeAccess();
        StartedProcess server = launch();
        server.awaitReady(LIMIT, () -> answers(Roles.ADMINISTRATOR, administrator, "select true"));
        Roles.create(site, administrator, credentials);
    }

    /** Copies the primary, starts the copy as its streaming standby, and waits until it streams. */
    public void createStandby(PostgresSite primary) {
        String source = "host=%s port=%d user=%s application_name=%s connect_timeout=2"
                .formatted(primary.address(), primary.port(), credentials.databaseUser(), site.name());
        run(
                "pg_basebackup",
                List.of(
                        "--dbname=" + source,
                        "--pgdata=" + site.data(),
                        "--write-recovery-conf",
                        "--create-slot",
                        "--slot=" + site.slot(),
                        "--wal-method=stream",
                        "--checkpoint=fast",
                        "--no-sync"),
                Map.of("PGPASSWORD", credentials.databasePassword()));
        new DataFolder(site, user).writeSettings(false);
        launch().awaitReady(LIMIT, this::isStreaming);
    }

    /** From now on what it acknowledges is on the disk. Comes last in setting up, which it would slow down a lot. */
    public void makeDurable() {
        new DataFolder(site, user).writeSettings(true);
        run("pg_ctl", List.of("reload", "--pgdata=" + site.data(), "--silent"), Map.of());
    }

    /** Starts the cluster and waits until it answers. */
    public void start() {
        launch().awaitReady(LIMIT, this::isReady);
    }

    /** Stops the cluster cleanly: sessions are ended, and a standby that streams gets all there is. */
    public void stop() {
        run("pg_ctl", List.of("stop", "--pgdata=" + site.data(), "--mode=fast", "--wait", "--silent"), Map.of());
    }

    /** Kills every process of the cluster. */
    public void kill() {
        LabProcesses.in(site.folder()).killAll();
    }

    /** Whether Lifeboat's role is answered. */
    public boolean isReady() {
        return answers("select true");
    }

    /** Whether it is a standby, as far as it answers. */
    public boolean isInRecovery() {
        return answers("select pg_is_in_recovery()");
    }

    /** Whether it is a standby that receives its primary's changes as they happen. */
    public boolean isStreaming() {
        return answers("select exists (select from pg_stat_wal_receiver where status = 'streaming')");
    }

    /** A connection as Lifeboat's role, which owns the database. */
    public Connection connect() throws SQLException {
        return Sessions.open(site, DATABASE, credentials.databaseUser(), credentials.databasePassword());
    }

    private StartedProcess launch() {
        return launcher.start(new Launch(
                "PostgreSQL in " + site.name(),
                user.command(List.of(
                        postgres.executable().toString(), "-D", site.data().toString())),
                site.folder(),
                Map.of(),
                site.log()));
    }

    private void run(String program, List<String> arguments, Map<String, String> environment) {
        List<String> command = new ArrayList<>(
                List.of(postgres.executable().resolveSibling(program).toString()));
        command.addAll(arguments);
        launcher.start(new Launch(
                        program + " for " + site.name(), user.command(command), site.folder(), environment, site.log()))
                .awaitSuccess(LIMIT);
    }

    private boolean answers(String question) {
        return answers(credentials.databaseUser(), credentials.databasePassword(), question);
    }

    private boolean answers(String role, String password, String question) {
        return Sessions.isTrue(site, role, password, question);
    }
}
