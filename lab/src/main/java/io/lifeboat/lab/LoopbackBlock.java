package io.lifeboat.lab;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Loopback addresses {@code 127.L.x.x} for one lab alone. While it is open, no other lab that is being put up gets the
 * same block; afterwards the lab's own listeners say that it is taken.
 */
final class LoopbackBlock implements AutoCloseable {

    private static final int LOWEST = 10;
    private static final int COUNT = 240;
    private static final int CLAIM_PORT = 10_999;
    private static final String LISTEN = "0A";

    private final int number;
    private final ServerSocket claim;

    private LoopbackBlock(int number, ServerSocket claim) {
        this.number = number;
        this.claim = claim;
    }

    /** The first free block from the one that the name suggests on, so that a lab tends to keep its addresses. */
    static LoopbackBlock claim(String name) {
        int suggested = Math.floorMod(name.hashCode(), COUNT);
        for (int i = 0; i < COUNT; i++) {
            Optional<LoopbackBlock> claimed = tryClaim(LOWEST + (suggested + i) % COUNT);
            if (claimed.isPresent()) {
                return claimed.get();
            }
        }
        throw LabException.precondition(
                "Cannot find a free block of loopback addresses among 127." + LOWEST
                        + ".0.0/16 and its followers: something listens in each. Run `lifeboat lab down` for labs you no longer need.");
    }

    String outside() {
        return "127." + number + ".0.1";
    }

    String region(int index) {
        return "127." + number + "." + (index + 1) + ".1";
    }

    @Override
    public void close() {
        try {
            claim.close();
        } catch (IOException e) {
            throw LabException.failed("Cannot release the claim on block 127." + number + ": " + e.getMessage(), e);
        }
    }

    private static Optional<LoopbackBlock> tryClaim(int number) {
        try {
            ServerSocket claim = new ServerSocket(CLAIM_PORT, 1, InetAddress.getByName("127." + number + ".0.1"));
            if (!hasListeners(number)) {
                return Optional.of(new LoopbackBlock(number, claim));
            }
            claim.close();
            return Optional.empty();
        } catch (IOException taken) {
            return Optional.empty();
        }
    }

    private static boolean hasListeners(int number) throws IOException {
        // Addresses stand there with their bytes reversed: 127.10.1.1 is 01010A7F.
        String block = "%02X7F:".formatted(number);
        List<String> sockets = Files.readAllLines(Path.of("/proc/net/tcp"));
        return sockets.stream()
                .map(line -> line.strip().split("\\s+"))
                .anyMatch(fields -> fields.length > 3
                        && fields[1].regionMatches(4, block, 0, block.length())
                        && fields[3].equals(LISTEN)
                        && !fields[1].endsWith(":%04X".formatted(CLAIM_PORT)));
    }
}
