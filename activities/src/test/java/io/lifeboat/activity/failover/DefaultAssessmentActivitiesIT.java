package io.lifeboat.activity.failover;

import static io.lifeboat.activity.database.PostgresPair.EAST;
import static io.lifeboat.activity.database.PostgresPair.WEST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.lifeboat.activity.database.Databases;
import io.lifeboat.activity.database.PostgresPair;
import io.lifeboat.activity.database.postgresql.PostgresEngine;
import io.lifeboat.activity.epoch.DefaultEpochActivities;
import io.lifeboat.activity.epoch.EpochLedger;
import io.lifeboat.activity.kubernetes.MockCluster;
import io.lifeboat.activity.kubernetes.fabric8.Fabric8Clusters;
import io.lifeboat.activity.site.Settings;
import io.lifeboat.activity.storage.ObjectsInMemory;
import io.lifeboat.runbook.Approvals;
import io.lifeboat.runbook.Datastore;
import io.lifeboat.runbook.Ledger;
import io.lifeboat.runbook.Objectives;
import io.lifeboat.runbook.Regions;
import io.lifeboat.runbook.Runbook;
import io.lifeboat.runbook.Setting;
import io.lifeboat.runbook.SmokeTest;
import io.lifeboat.runbook.Traffic;
import io.lifeboat.runbook.Workload;
import io.lifeboat.workflow.FailureType;
import io.lifeboat.workflow.epoch.EpochActivities.CloseEpoch;
import io.lifeboat.workflow.epoch.EpochActivities.TakeEpoch;
import io.lifeboat.workflow.failover.Assessment;
import io.lifeboat.workflow.failover.Assessment.DatabaseRole;
import io.lifeboat.workflow.failover.Assessment.DatabaseView;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Both regions as they are: real databases and HTTP, fabric8's API server in the primary region, none in the other. */
class DefaultAssessmentActivitiesIT {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
    private static final Ledger LEDGER = new Ledger(WEST, "ledger");

    private static PostgresPair pair;
    private static MockCluster cluster;
    private static Fabric8Clusters clusters;
    private static HttpServer service;

    private final ObjectsInMemory objects = new ObjectsInMemory();
    private final EpochLedger ledger = new EpochLedger(region -> objects);

    @BeforeAll
    static void startRegions() throws IOException {
        pair = PostgresPair.start();
        cluster = new MockCluster();
        cluster.deployment("orders-api", 3, 3);
        clusters = cluster.clusters();
        service = HttpServer.create(new InetSocketAddress(LOOPBACK, 0), 0);
        service.createContext("/health", exchange -> {
            try (exchange) {
                exchange.sendResponseHeaders(200, -1);
            }
        });
        service.start();
    }

    @AfterAll
    static void stopRegions() {
        if (pair != null) {
            pair.close();
            service.stop(0);
            clusters.close();
            cluster.close();
        }
    }

    @Test
    void seesWhatEachRegionIs() throws IOException {
        Assessment seen = activities().assess(runbook(freePort()));

        assertThat(seen.activeRegion()).isEqualTo(EAST);
        assertThat(seen.epoch()).isZero();
        assertThat(seen.in(EAST).serviceAnswers()).isTrue();
        assertThat(seen.in(EAST).kubernetes()).isEqualTo("answers, Deployments [orders-api]");
        assertThat(seen.in(EAST).databases()).singleElement().satisfies(database -> {
            assertThat(database.role()).isEqualTo(DatabaseRole.PRIMARY);
            assertThat(database.detail()).startsWith("timeline 1, written up to ");
        });
        assertThat(seen.in(WEST).serviceAnswers()).isFalse();
        assertThat(seen.in(WEST).kubernetes()).contains("configuration has only [east]");
        assertThat(seen.in(WEST).databases()).singleElement().satisfies(database -> {
            assertThat(database.role()).isEqualTo(DatabaseRole.STANDBY);
            assertThat(database.detail()).endsWith(", streaming");
        });
    }

    @Test
    void ledgerSaysWhereTheServiceLives() throws IOException {
        DefaultEpochActivities epochs = new DefaultEpochActivities(ledger);
        epochs.close(new CloseEpoch(
                epochs.take(new TakeEpoch("orders", LEDGER, "run", EAST)).epoch(), WEST));

        Assessment seen = activities().assess(runbook(freePort()));

        assertThat(seen.activeRegion()).isEqualTo(WEST);
        assertThat(seen.epoch()).isEqualTo(1);
    }

    @Test
    void allOfARegionThatHangsIsAskedAtOnceAndHidesNothingOfTheOther() throws Exception {
        try (ServerSocket api = silentServer();
                ServerSocket database = silentServer();
                ServerSocket orders = silentServer();
                Fabric8Clusters hanging = MockCluster.at(URI.create("http://127.0.0.1:" + api.getLocalPort()));
                ExecutorService caller = Executors.newSingleThreadExecutor()) {
            Databases databases = new Databases(
                    new Settings(variable -> variable.equals("DB_EAST")
                            ? pair.uri(EAST)
                            : "postgresql://lifeboat:c4nary@127.0.0.1:" + database.getLocalPort() + "/orders"),
                    Map.of(Datastore.Kind.POSTGRESQL, new PostgresEngine()));
            DefaultAssessmentActivities activities = new DefaultAssessmentActivities(
                    ledger,
                    databases,
                    region -> region.equals(EAST) ? clusters.in(EAST) : hanging.in(EAST),
                    new Settings(variable -> null));

            Future<Assessment> assessment = caller.submit(() -> activities.assess(runbook(orders.getLocalPort())));
            Assessment seen;
            try (Socket first = api.accept();
                    Socket second = database.accept();
                    Socket third = orders.accept()) {
                assertThat(List.of(first, second, third)).allMatch(DefaultAssessmentActivitiesIT::waitsForAnAnswer);
                seen = assessment.get();
            }

            assertThat(roles(seen, EAST)).containsExactly(DatabaseRole.PRIMARY);
            assertThat(seen.in(EAST).serviceAnswers()).isTrue();
            assertThat(roles(seen, WEST)).containsExactly(DatabaseRole.UNREACHABLE);
            assertThat(seen.in(WEST).serviceAnswers()).isFalse();
            assertThat(seen.in(WEST).kubernetes()).contains("does not answer");
            assertThat(seen.toString()).doesNotContain("c4nary");
        }
    }

    @Test
    void ledgerThatCannotBeReadIsAFailure() throws IOException {
        EpochLedger silent = new EpochLedger(region -> {
            throw FailureType.UNAVAILABLE.failure("the store of " + region + " does not answer");
        });
        DefaultAssessmentActivities activities =
                new DefaultAssessmentActivities(silent, pair.databases(), clusters, new Settings(variable -> null));
        Runbook runbook = runbook(freePort());

        assertThatThrownBy(() -> activities.assess(runbook)).matches(FailureType.UNAVAILABLE::is);
    }

    private DefaultAssessmentActivities activities() {
        return new DefaultAssessmentActivities(ledger, pair.databases(), clusters, new Settings(variable -> null));
    }

    private static List<DatabaseRole> roles(Assessment seen, String region) {
        return seen.in(region).databases().stream().map(DatabaseView::role).toList();
    }

    /** Whether the other end, which has been told nothing, has not given up. */
    private static boolean waitsForAnAnswer(Socket socket) {
        try {
            socket.setSoTimeout(10);
            socket.getInputStream().readAllBytes();
            return false;
        } catch (SocketTimeoutException waits) {
            return true;
        } catch (IOException gaveUp) {
            return false;
        }
    }

    private static ServerSocket silentServer() throws IOException {
        ServerSocket server = new ServerSocket(0, 50, LOOPBACK);
        server.setSoTimeout(60_000);
        return server;
    }

    private static Runbook runbook(int portInWest) {
        Setting address = new Setting(LOOPBACK.getHostAddress());
        Traffic traffic = new Traffic(
                Traffic.Driver.ROUTE53_WEIGHTS,
                "lifeboat.test",
                "orders.lifeboat.test",
                Duration.ofSeconds(1),
                new Traffic.HealthCheck(Duration.ofSeconds(10), 3),
                Duration.ofSeconds(10),
                List.of(
                        new Traffic.Endpoint(
                                EAST,
                                address,
                                new Setting(String.valueOf(service.getAddress().getPort())),
                                100),
                        new Traffic.Endpoint(WEST, address, new Setting(String.valueOf(portInWest)), 0)));
        return new Runbook(
                Runbook.API_VERSION,
                "orders",
                "takes orders",
                "orders team",
                new Regions(EAST, WEST),
                new Objectives(Duration.ofMinutes(15), Duration.ofMinutes(1), Optional.empty()),
                LEDGER,
                List.of(pair.datastore(Duration.ofMinutes(1))),
                List.of(new Workload.Deployment("orders-api", MockCluster.NAMESPACE, 3)),
                traffic,
                List.of(),
                List.of(new SmokeTest.Http("health", Duration.ofSeconds(1), "/health", 200, Optional.empty())),
                new Approvals(new Approvals.Approval(1, Duration.ofMinutes(5)), Optional.empty()),
                List.of(),
                Optional.empty());
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, LOOPBACK)) {
            return free.getLocalPort();
        }
    }
}
