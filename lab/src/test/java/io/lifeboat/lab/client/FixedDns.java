package io.lifeboat.lab.client;

import io.lifeboat.lab.outside.PublicDns;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.Address;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;

/** A DNS server over UDP that answers every question with the addresses whose weight is the largest. */
public final class FixedDns implements PublicDns {

    private final DatagramSocket socket;
    private final List<String> zones = new CopyOnWriteArrayList<>();
    private final List<WeightedAddress> addresses = new CopyOnWriteArrayList<>();
    private final AtomicInteger questions = new AtomicInteger();

    public FixedDns(InetSocketAddress at) throws IOException {
        socket = new DatagramSocket(at);
        Thread.ofPlatform().daemon().name("fixed-dns").start(this::serve);
    }

    public FixedDns() throws IOException {
        this(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    public InetSocketAddress address() {
        return (InetSocketAddress) socket.getLocalSocketAddress();
    }

    public List<String> zones() {
        return List.copyOf(zones);
    }

    public List<WeightedAddress> addresses() {
        return List.copyOf(addresses);
    }

    int questions() {
        return questions.get();
    }

    /** All traffic goes there from now on. */
    void pointTo(String address, Duration ttl) {
        addresses.add(0, new WeightedAddress("orders.lifeboat.test", address, address, 255, ttl));
    }

    void forgetAll() {
        addresses.clear();
    }

    @Override
    public void createZone(String zone) {
        zones.add(zone);
    }

    @Override
    public void add(String zone, WeightedAddress address) {
        addresses.add(address);
    }

    private void serve() {
        byte[] buffer = new byte[512];
        while (!socket.isClosed()) {
            try {
                DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
                socket.receive(packet);
                questions.incrementAndGet();
                byte[] reply = reply(new Message(Arrays.copyOf(packet.getData(), packet.getLength())));
                socket.send(new DatagramPacket(reply, reply.length, packet.getSocketAddress()));
            } catch (IOException e) {
                if (!socket.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private byte[] reply(Message query) throws IOException {
        Message reply = new Message(query.getHeader().getID());
        reply.getHeader().setFlag(Flags.QR);
        reply.getHeader().setFlag(Flags.AA);
        reply.addRecord(query.getQuestion(), Section.QUESTION);
        Name name = query.getQuestion().getName();
        for (Record answer : answers(name)) {
            reply.addRecord(answer, Section.ANSWER);
        }
        return reply.toWire();
    }

    private List<Record> answers(Name name) throws IOException {
        int largest = addresses.stream().mapToInt(WeightedAddress::weight).max().orElse(0);
        for (WeightedAddress address : addresses) {
            if (address.weight() == largest) {
                return List.of(new ARecord(
                        name, DClass.IN, address.ttl().toSeconds(), Address.getByAddress(address.address())));
            }
        }
        return List.of();
    }

    @Override
    public void close() {
        socket.close();
    }
}
