package io.lifeboat.lab.outside;

import io.lifeboat.lab.LabState;
import io.lifeboat.lab.client.OrdersClient;
import io.lifeboat.lab.power.FenceAgent;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;

/** Everything that lies outside both regions of a lab, running. */
final class Outside implements AutoCloseable {

    /** Newest first. */
    private final Deque<Runnable> stops = new ArrayDeque<>();

    private Outside() {}

    /**
     * Publishes the lab's names, then starts the fence agents and last, so that it finds the service, the client.
     *
     * @param dns closed with this
     * @param ordersPerSecond how many orders the client places; none without a client
     */
    static Outside start(LabState lab, PublicDns dns, int ordersPerSecond) {
        Outside outside = new Outside();
        outside.stops.push(dns::close);
        try {
            OutsideDns.publish(lab, dns);
            outside.stops.push(FenceAgent.start(lab)::close);
            if (ordersPerSecond > 0) {
                outside.stops.push(OrdersClient.start(config(lab, ordersPerSecond))::close);
            }
            return outside;
        } catch (RuntimeException e) {
            // Half of it must not go on living: its threads would keep the process alive.
            outside.close();
            throw e;
        }
    }

    private static OrdersClient.Config config(LabState lab, int ordersPerSecond) {
        LabState.Outside outside = lab.outside();
        return new OrdersClient.Config(
                "orders-client of lab " + lab.name(),
                OutsideDns.ORDERS,
                new InetSocketAddress(outside.address(), outside.dnsPort()),
                lab.primary().ordersPort(),
                Path.of(lab.folder(), "outside", "client", "orders.jsonl"),
                new InetSocketAddress(outside.address(), outside.clientPort()),
                ordersPerSecond);
    }

    @Override
    public void close() {
        while (!stops.isEmpty()) {
            stops.pop().run();
        }
    }
}
