package io.lifeboat.lab.process;

import io.lifeboat.lab.LabException;
import java.io.Closeable;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Chooses ports that are free, for TCP and UDP, on the very address they will be bound to, and holds them until it is
 * closed, so that none is chosen twice.
 */
public final class Ports implements AutoCloseable {

    /** In place of an address: free wherever somebody could listen. */
    public static final String EVERYWHERE = "0.0.0.0";

    /** Below the range the kernel takes for outgoing connections, even after adding 10,000 to it. */
    private static final int LOWEST = 11_000;

    private static final int HIGHEST = 21_000;
    private static final int ATTEMPTS = 2_000;

    private record Held(String address, Closeable socket) {}

    /** What this JVM has given once: between its release and its use nobody holds a port. */
    private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

    private final List<Held> held = new ArrayList<>();

    /** The usual port where it is free on each of the addresses, otherwise any that is. */
    public int preferred(int usual, String... addresses) {
        return holdAll(usual, 1, addresses) ? usual : block(1, addresses);
    }

    /**
     * Exactly this port.
     *
     * @param option the option that asked for it, for the message
     * @param addresses the one it will be bound to first, then where those say so who are about to bind it
     */
    public int required(int port, String option, String... addresses) {
        if (port < 1 || port > 65_535) {
            throw LabException.usage("Cannot use " + option + " " + port + ": a port lies between 1 and 65535.");
        }
        if (!holdAll(port, 1, addresses)) {
            Optional<String> owner = PortOwner.of(port);
            throw LabException.precondition(
                    "Cannot use " + option + " " + port + ": port " + port + " on " + addresses[0]
                            + " is in use" + owner.map(name -> " by " + name).orElse("")
                            + ". Stop that process, or leave " + option + " out and a free port is chosen.");
        }
        return port;
    }

    /** The first of {@code size} neighbouring ports that are free on each of the addresses and were never given by this JVM. */
    public int block(int size, String... addresses) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            int first = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST - size);
            if (range(first, size).noneMatch(GIVEN::contains) && holdAll(first, size, addresses)) {
                range(first, size).forEach(GIVEN::add);
                return first;
            }
        }
        throw LabException.precondition("Cannot find " + size + " free ports between " + LOWEST + " and " + HIGHEST
                + " on " + String.join(" and ", addresses) + ". Stop some of what listens there.");
    }

    private static Stream<Integer> range(int first, int size) {
        return IntStream.range(first, first + size).boxed();
    }

    /** Releases every port it holds, but for those on one address. */
    public void releaseAllBut(String address) {
        for (Held each : List.copyOf(held)) {
            if (!each.address().equals(address)) {
                release(each);
            }
        }
    }

    /** Releases every port it holds. */
    @Override
    public void close() {
        release(0);
    }

    private boolean holdAll(int first, int size, String... addresses) {
        int before = held.size();
        for (int port = first; port < first + size; port++) {
            for (String address : addresses) {
                try {
                    InetAddress local = InetAddress.getByName(address);
                    held.add(new Held(address, new ServerSocket(port, 1, local)));
                    held.add(new Held(address, new DatagramSocket(new InetSocketAddress(local, port))));
                } catch (IOException taken) {
                    release(before);
                    return false;
                }
            }
        }
        return true;
    }

    private void release(int keep) {
        List.copyOf(held.subList(keep, held.size())).forEach(this::release);
    }

    private void release(Held port) {
        held.remove(port);
        try {
            port.socket().close();
        } catch (IOException e) {
            throw LabException.failed("Cannot release a port: " + e.getMessage(), e);
        }
    }
}
