package io.lifeboat.lab.orders;

import io.lifeboat.lab.LabState;
import io.lifeboat.lab.http.Json;
import io.lifeboat.lab.http.JsonServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;

/** The process of one Deployment of the orders service in one region; runs until it is stopped. */
public final class OrdersMain {

    private static final String DATABASE = "orders";

    private OrdersMain() {}

    /** Takes the path of {@code lab.json}, the region's name and {@code orders-api} or {@code orders-fulfilment}. */
    public static void main(String... args) throws IOException {
        if (args.length != 3) {
            throw new IllegalArgumentException("usage: OrdersMain LAB.JSON REGION orders-api|orders-fulfilment");
        }
        LabState lab = Json.read(Path.of(args[0]), LabState.class);
        LabState.Region region = lab.region(args[1]);
        String deployment = args[2];
        OrderStore store = new OrderStore(connections(lab, region, deployment));
        switch (deployment) {
            case "orders-api" -> serve(region, store);
            case "orders-fulfilment" -> fulfil(region, store);
            default ->
                throw new IllegalArgumentException("Cannot run \"" + deployment
                        + "\": the orders service has the deployments \"orders-api\" and \"orders-fulfilment\".");
        }
    }

    private static Connections connections(LabState lab, LabState.Region region, String deployment) {
        LabState.Credentials credentials = lab.credentials();
        return new Connections(
                region.address(),
                region.databasePort(),
                DATABASE,
                credentials.databaseUser(),
                credentials.databasePassword(),
                deployment);
    }

    private static void serve(LabState.Region region, OrderStore store) {
        InetSocketAddress at = new InetSocketAddress(region.address(), region.ordersPort());
        JsonServer.start("orders-api in " + region.name(), at, new OrdersApi(region.name(), store));
        log("orders-api in " + region.name() + " ready on " + region.address() + ":" + region.ordersPort());
        Thread.ofVirtual().start(() -> warmUp(region, store));
    }

    /** The first connection and the driver's classes cost more than a hundred requests: not at a customer's expense. */
    private static void warmUp(LabState.Region region, OrderStore store) {
        try {
            store.write(region.name());
            log("orders-api in " + region.name() + " writes to its database");
        } catch (SQLException e) {
            log("orders-api in " + region.name() + " cannot write to its database yet: " + e.getMessage());
        }
    }

    private static void fulfil(LabState.Region region, OrderStore store) {
        log("orders-fulfilment in " + region.name() + " ready");
        new OrdersFulfilment(region.name(), store).run();
    }

    private static void log(String message) {
        System.out.println(Instant.now() + " " + message);
    }
}
