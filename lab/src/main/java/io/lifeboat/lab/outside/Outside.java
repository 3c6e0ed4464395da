package io.lifeboat.lab.outside;

import io.lifeboat.lab.LabState;
import io.lifeboat.lab.client.OrdersClient;
import io.lifeboat.lab.power.FenceAgent;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Everything that lies outside both regions of a lab, running. */
final class Outside implements AutoCloseable {

    private final PublicDns dns;
    private final FenceAgent agents;
    private final @Nullable OrdersClient client;

    private Outside(PublicDns dns, FenceAgent agents, @Nullable OrdersClient client) {
        this.dns = dns;
        this.agents = agents;
        this.client = client;
    }

    /**
     * Publishes the lab's names, then starts the fence agents and last, so that it finds the service, the client.
     *
     * @param dns closed with this
     * @param ordersPerSecond how many orders the client places; none without a client
     */
    static Outside start(LabState lab, PublicDns dns, int ordersPerSecond) {
        OutsideDns.publish(lab, dns);
        FenceAgent agents = FenceAgent.start(lab);
        OrdersClient client = ordersPerSecond == 0 ? null : OrdersClient.start(config(lab, ordersPerSecond));
        return new Outside(dns, agents, client);
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
        if (client != null) {
            client.close();
        }
        agents.close();
        dns.close();
    }
}
