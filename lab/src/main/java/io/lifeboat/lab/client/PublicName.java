package io.lifeboat.lab.client;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/**
 * The address behind the service's public name, asked for again when its time to live is over, neither sooner (whatever
 * happens to a connection) nor later: an answer that has expired is not used, even when no new one can be had.
 */
final class PublicName {

    private record Known(InetAddress address, long expires) {}

    private static final Duration TIMEOUT = Duration.ofMillis(500);

    private final SimpleResolver resolver;
    private final Name name;
    private final LongSupplier clock;
    private @Nullable Known known;

    /**
     * A name asked for at one server.
     *
     * @param clock nanoseconds, monotonic
     */
    PublicName(String name, InetSocketAddress server, LongSupplier clock) {
        this.resolver = new SimpleResolver(server);
        this.resolver.setTimeout(TIMEOUT);
        this.clock = clock;
        try {
            this.name = Name.fromString(name, Name.root);
        } catch (TextParseException e) {
            throw new IllegalArgumentException("\"" + name + "\" is no DNS name", e);
        }
    }

    /** The address that is valid now. */
    synchronized InetAddress address() throws IOException {
        Known last = known;
        if (last != null && clock.getAsLong() - last.expires() < 0) {
            return last.address();
        }
        // The time to live runs from the question: that is never later than the server's answer.
        long asked = clock.getAsLong();
        ARecord answer = ask();
        known = new Known(
                answer.getAddress(), asked + Duration.ofSeconds(answer.getTTL()).toNanos());
        return answer.getAddress();
    }

    private ARecord ask() throws IOException {
        Message reply = resolver.send(Message.newQuery(Record.newRecord(name, Type.A, DClass.IN)));
        for (Record answer : reply.getSection(Section.ANSWER)) {
            if (answer instanceof ARecord address) {
                return address;
            }
        }
        throw new IOException("Cannot resolve \"" + name + "\": the server answered " + Rcode.string(reply.getRcode())
                + " without an address");
    }
}
