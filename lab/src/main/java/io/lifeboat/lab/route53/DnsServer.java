package io.lifeboat.lab.route53;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.BindException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Header;
import org.xbill.DNS.Message;

/** Carries DNS messages over UDP and TCP on one port; what is in them is the answerer's business. */
final class DnsServer implements AutoCloseable {
    private static final Logger LOG = System.getLogger(DnsServer.class.getName());
    private static final int PLAIN_UDP_PAYLOAD = 512;
    private static final int LARGEST_UDP_PAYLOAD = 4096;
    private static final int BIND_ATTEMPTS = 20;
    private static final int TCP_IDLE_MILLIS = 5_000;

    private final DatagramSocket udp;
    private final ServerSocket tcp;
    private final UnaryOperator<Message> answerer;
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();

    private DnsServer(DatagramSocket udp, ServerSocket tcp, UnaryOperator<Message> answerer) {
        this.udp = udp;
        this.tcp = tcp;
        this.answerer = answerer;
    }

    /** @param port zero for any port that is free for both UDP and TCP */
    static DnsServer start(InetAddress address, int port, UnaryOperator<Message> answerer) throws IOException {
        DnsServer server = bind(address, port, answerer);
        Thread.ofPlatform().daemon().name("dns-udp").start(server::serveUdp);
        Thread.ofPlatform().daemon().name("dns-tcp").start(server::serveTcp);
        return server;
    }

    private static DnsServer bind(InetAddress address, int port, UnaryOperator<Message> answerer) throws IOException {
        for (int attempt = 1; ; attempt++) {
            DatagramSocket udp = new DatagramSocket(new InetSocketAddress(address, port));
            try {
                return new DnsServer(udp, new ServerSocket(udp.getLocalPort(), 64, address), answerer);
            } catch (BindException taken) {
                udp.close();
                if (port != 0 || attempt == BIND_ATTEMPTS) {
                    throw taken;
                }
            }
        }
    }

    InetSocketAddress address() {
        return new InetSocketAddress(udp.getLocalAddress(), udp.getLocalPort());
    }

    private void serveUdp() {
        byte[] buffer = new byte[LARGEST_UDP_PAYLOAD];
        while (!udp.isClosed()) {
            DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
            try {
                udp.receive(packet);
                Optional<byte[]> answer = answer(received(packet), false);
                if (answer.isPresent()) {
                    byte[] bytes = answer.get();
                    udp.send(new DatagramPacket(bytes, bytes.length, packet.getSocketAddress()));
                }
            } catch (IOException | RuntimeException e) {
                if (!udp.isClosed()) {
                    LOG.log(Level.WARNING, "A DNS query over UDP went unanswered", e);
                }
            }
        }
    }

    private static byte[] received(DatagramPacket packet) {
        byte[] bytes = new byte[packet.getLength()];
        System.arraycopy(packet.getData(), packet.getOffset(), bytes, 0, bytes.length);
        return bytes;
    }

    private void serveTcp() {
        while (!tcp.isClosed()) {
            try {
                Socket connection = tcp.accept();
                connections.add(connection);
                Thread.ofVirtual().name("dns-connection").start(() -> serve(connection));
            } catch (IOException e) {
                if (!tcp.isClosed()) {
                    LOG.log(Level.WARNING, "A DNS connection could not be accepted", e);
                }
            }
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            connection.setSoTimeout(TCP_IDLE_MILLIS);
            DataInputStream in = new DataInputStream(connection.getInputStream());
            DataOutputStream out = new DataOutputStream(connection.getOutputStream());
            while (!tcp.isClosed()) {
                byte[] query = new byte[in.readUnsignedShort()];
                in.readFully(query);
                Optional<byte[]> answer = answer(query, true);
                if (answer.isEmpty()) {
                    return;
                }
                byte[] framed = new byte[answer.get().length + 2];
                framed[0] = (byte) (answer.get().length >>> 8);
                framed[1] = (byte) answer.get().length;
                System.arraycopy(answer.get(), 0, framed, 2, answer.get().length);
                out.write(framed);
                out.flush();
            }
        } catch (EOFException | SocketTimeoutException e) {
            LOG.log(Level.TRACE, "A DNS connection ended", e);
        } catch (IOException | RuntimeException e) {
            if (!tcp.isClosed()) {
                LOG.log(Level.WARNING, "A DNS connection broke", e);
            }
        } finally {
            connections.remove(connection);
        }
    }

    /** Empty where nothing may be said: to noise, and to answers, which would start a loop between two servers. */
    private Optional<byte[]> answer(byte[] packet, boolean overTcp) {
        Header header;
        try {
            header = new Header(packet);
        } catch (IOException noise) {
            return Optional.empty();
        }
        if (header.getFlag(Flags.QR)) {
            return Optional.empty();
        }
        Message query;
        try {
            query = new Message(packet);
        } catch (IOException | RuntimeException malformed) {
            return Optional.of(DnsAnswerer.malformed(header).toWire());
        }
        return Optional.of(answerer.apply(query).toWire(overTcp ? Message.MAXLENGTH : udpPayload(query)));
    }

    private static int udpPayload(Message query) {
        return query.getOPT() == null
                ? PLAIN_UDP_PAYLOAD
                : Math.clamp(query.getOPT().getPayloadSize(), PLAIN_UDP_PAYLOAD, LARGEST_UDP_PAYLOAD);
    }

    @Override
    public void close() throws IOException {
        udp.close();
        tcp.close();
        for (Socket connection : connections) {
            connection.close();
        }
    }
}
