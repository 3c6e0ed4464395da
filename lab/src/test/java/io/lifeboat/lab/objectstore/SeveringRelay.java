package io.lifeboat.lab.objectstore;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntPredicate;

/** Relays connections to a server, and ends some of them in the middle of what it answers. */
final class SeveringRelay implements AutoCloseable {
    private static final int BUFFER = 1 << 16;

    private final URI target;
    private final ConcurrentNavigableMap<Long, Boolean> toSever = new ConcurrentSkipListMap<>();
    private final AtomicLong answered = new AtomicLong();
    private final ServerSocket accepting;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    /** @param positions after how many bytes of answers the connection is ended that carries the next ones */
    SeveringRelay(URI target, long... positions) throws IOException {
        this.target = target;
        for (long position : positions) {
            toSever.put(position, true);
        }
        this.accepting = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + accepting.getLocalPort());
    }

    /** How many connections are still to be ended early. */
    int left() {
        return toSever.size();
    }

    private void accept() {
        while (!accepting.isClosed()) {
            try {
                Socket client = accepting.accept();
                Socket server = new Socket();
                open.add(client);
                open.add(server);
                server.connect(new InetSocketAddress(target.getHost(), target.getPort()));
                Thread.ofVirtual().start(() -> relay(client, server, bytes -> false));
                Thread.ofVirtual().start(() -> relay(server, client, this::isToSever));
            } catch (IOException closed) {
                // The loop's condition says whether that was the end.
            }
        }
    }

    /** Both ends are closed with either of them. */
    private void relay(Socket from, Socket to, IntPredicate severs) {
        try (from;
                to;
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            byte[] buffer = new byte[BUFFER];
            for (int count = in.read(buffer); count >= 0 && !severs.test(count); count = in.read(buffer)) {
                out.write(buffer, 0, count);
            }
        } catch (IOException closed) {
            // The other direction has ended, or the test.
        }
    }

    private boolean isToSever(int bytes) {
        Long position = toSever.floorKey(answered.addAndGet(bytes));
        return position != null && toSever.remove(position, true);
    }

    @Override
    public void close() throws IOException {
        accepting.close();
        for (Socket each : open) {
            each.close();
        }
    }
}
