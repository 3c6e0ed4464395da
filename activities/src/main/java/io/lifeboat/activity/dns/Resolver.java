package io.lifeboat.activity.dns;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;

/** Asks one DNS server for the addresses of a name, without any cache. */
public final class Resolver {
    private static final Duration TIMEOUT = Duration.ofMillis(500);

    private final SimpleResolver server;

    /** @param server {@code host:port}; a name or an IPv4 address */
    public Resolver(String server) throws IOException {
        int colon = server.lastIndexOf(':');
        this.server = new SimpleResolver(
                new InetSocketAddress(server.substring(0, colon), Integer.parseInt(server.substring(colon + 1))));
        this.server.setTimeout(TIMEOUT);
    }

    /** Addresses in the answer, in text; empty where the server knows none. */
    public Set<String> addresses(String name) throws IOException {
        Message answer =
                server.send(Message.newQuery(Record.newRecord(Name.fromString(name + "."), Type.A, DClass.IN)));
        Set<String> addresses = new TreeSet<>();
        for (Record record : answer.getSection(Section.ANSWER)) {
            if (record instanceof ARecord address) {
                addresses.add(address.getAddress().getHostAddress());
            }
        }
        return addresses;
    }
}
