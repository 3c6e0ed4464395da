package io.lifeboat.workflow.failover;

import io.lifeboat.runbook.Approvals;
import io.lifeboat.runbook.Client;
import io.lifeboat.runbook.Datastore;
import io.lifeboat.runbook.FenceDriver;
import io.lifeboat.runbook.Ledger;
import io.lifeboat.runbook.Objectives;
import io.lifeboat.runbook.Regions;
import io.lifeboat.runbook.Runbook;
import io.lifeboat.runbook.Setting;
import io.lifeboat.runbook.SmokeTest;
import io.lifeboat.runbook.Traffic;
import io.lifeboat.runbook.Workload;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The runbook of the tests: like the one in the catalog, with values instead of references. */
final class Orders {
    static final String EAST = "us-east-1";
    static final String WEST = "us-west-2";

    private Orders() {}

    static Runbook runbook() {
        return runbook(1, Duration.ofMinutes(30));
    }

    /** With so many approvals, which expire after so long. */
    static Runbook runbook(int approvals, Duration expiresAfter) {
        return new Runbook(
                Runbook.API_VERSION,
                "orders",
                "Takes customer orders and keeps them.",
                "team-orders",
                new Regions(EAST, WEST),
                new Objectives(Duration.ofMinutes(15), Duration.ofMinutes(5), Optional.empty()),
                new Ledger(WEST, "lifeboat-ledger"),
                List.of(new Datastore(
                        "orders-db",
                        Datastore.Kind.POSTGRESQL,
                        List.of(
                                new Datastore.Instance(EAST, new Setting("env:EAST")),
                                new Datastore.Instance(WEST, new Setting("env:WEST"))),
                        Duration.ofSeconds(60),
                        List.of())),
                List.of(
                        new Workload.Deployment("orders-api", "orders", 3),
                        new Workload.Deployment("orders-fulfilment", "orders", 2),
                        new Workload.CronJob("orders-invoices", "orders")),
                new Traffic(
                        Traffic.Driver.ROUTE53_WEIGHTS,
                        "lifeboat.test",
                        "orders.lifeboat.test",
                        Duration.ofSeconds(1),
                        new Traffic.HealthCheck(Duration.ofSeconds(10), 3),
                        Duration.ofSeconds(5),
                        List.of(
                                new Traffic.Endpoint(EAST, new Setting("10.0.1.1"), new Setting("8080"), 100),
                                new Traffic.Endpoint(WEST, new Setting("10.0.2.1"), new Setting("8080"), 0))),
                List.of(
                        new FenceDriver.Database(Duration.ofSeconds(2)),
                        new FenceDriver.Kubernetes(Duration.ofSeconds(2)),
                        new FenceDriver.Power(Duration.ofSeconds(10), List.of())),
                List.of(
                        new SmokeTest.Http("the api answers", Duration.ofSeconds(60), "/health", 200, Optional.empty()),
                        new SmokeTest.Sql(
                                "the database is writable", Duration.ofSeconds(10), "orders-db", "select 1", "1")),
                new Approvals(new Approvals.Approval(approvals, expiresAfter), Optional.empty()),
                List.of(),
                Optional.of(new Client(new Setting("env:CLIENT"))));
    }
}
