package io.lifeboat.lab.region;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.lifeboat.lab.LabState;
import io.lifeboat.lab.LabState.Region;
import io.lifeboat.lab.kubernetes.OrdersObjects;
import java.io.File;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.CountDownLatch;

/** A process that answers as the orders service does and does nothing else. */
final class StandInService {

    private StandInService() {}

    public static void main(String... args) throws IOException, InterruptedException {
        Region region =
                new ObjectMapper().readValue(new File(args[0]), LabState.class).region(args[1]);
        if (args[2].equals(OrdersObjects.API)) {
            HttpServer http = HttpServer.create(new InetSocketAddress(region.address(), region.ordersPort()), 0);
            http.createContext("/health", exchange -> {
                exchange.sendResponseHeaders(200, -1);
                exchange.close();
            });
            http.start();
        }
        new CountDownLatch(1).await();
    }
}
