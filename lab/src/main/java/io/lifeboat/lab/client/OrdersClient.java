package io.lifeboat.lab.client;

import io.lifeboat.lab.http.Answer;
import io.lifeboat.lab.http.JsonServer;
import io.lifeboat.lab.http.Question;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;

/**
 * Places one order after the other and testifies: {@code GET /record} (see {@link ClientRecord}), {@code GET /outages} (all
 * of them), {@code GET /good} (200 while answers are good, else 503).
 */
public final class OrdersClient implements AutoCloseable {

    /**
     * How a client is set up.
     *
     * @param name its own, in the record
     * @param publicName the service's DNS name
     * @param dns whom to ask for it
     * @param ordersPort the service's port, the same in each region
     * @param journal the file of acknowledged orders, appended to
     * @param record where the record is served
     * @param perSecond at most so many orders
     */
    public record Config(
            String name,
            String publicName,
            InetSocketAddress dns,
            int ordersPort,
            Path journal,
            InetSocketAddress record,
            int perSecond) {

        public Config {
            if (perSecond < 5 || perSecond > 1000) {
                throw new IllegalArgumentException(
                        "Cannot place " + perSecond
                                + " orders a second: fewer than 5 would look like outages of a second, more than 1000 were never tried.");
            }
        }
    }

    private static final long SHORTEST_BACKOFF = Duration.ofMillis(50).toNanos();
    private static final long LONGEST_BACKOFF = Duration.ofMillis(200).toNanos();

    private static final Duration STOPPING = Duration.ofSeconds(2);

    private final Config config;
    private final long startedNanos = System.nanoTime();
    private final OutageLog outages = new OutageLog();
    private final LinkedBlockingQueue<Outage> unchecked = new LinkedBlockingQueue<>();
    private final Journal journal;
    private final OrdersService service;
    private final SurvivalCheck check;
    private final JsonServer server;
    private final Thread placing;
    private final Thread checking;

    private OrdersClient(Config config) {
        this.config = config;
        journal = new Journal(config.journal());
        service = new OrdersService(
                new PublicName(config.publicName(), config.dns(), System::nanoTime), config.ordersPort());
        check = new SurvivalCheck(service, journal, startedNanos);
        server = JsonServer.start("the client's record", config.record(), this::answer);
        placing = Thread.ofPlatform().daemon().name("orders-client").unstarted(this::placeOrders);
        checking = Thread.ofPlatform().daemon().name("orders-client-check").unstarted(this::checkOutages);
    }

    /** Begins to place orders at once. */
    public static OrdersClient start(Config config) {
        OrdersClient client = new OrdersClient(config);
        client.placing.start();
        client.checking.start();
        return client;
    }

    /** Where the record is served. */
    public InetSocketAddress address() {
        return server.address();
    }

    private void placeOrders() {
        long period = Duration.ofSeconds(1).toNanos() / config.perSecond();
        long next = System.nanoTime();
        try {
            while (true) {
                placeUntilAcknowledged(UUID.randomUUID());
                // Orders that could not be placed during an outage are not made up for afterwards.
                next = later(next + period, System.nanoTime());
                pauseUntil(next);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void placeUntilAcknowledged(UUID key) throws InterruptedException {
        while (true) {
            try {
                OrdersService.Receipt receipt = service.place(key, "lifeboat", 1);
                acknowledged(new Acknowledged(key, receipt.id(), receipt.region(), System.nanoTime(), Instant.now()));
                return;
            } catch (IOException e) {
                outages.bad();
                pauseUntil(System.nanoTime() + ThreadLocalRandom.current().nextLong(SHORTEST_BACKOFF, LONGEST_BACKOFF));
            }
        }
    }

    private void acknowledged(Acknowledged order) {
        journal.add(order);
        outages.good(order.nanos(), order.at()).ifPresent(unchecked::add);
    }

    private void checkOutages() {
        try {
            while (true) {
                check.after(unchecked.take());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static long later(long one, long other) {
        return one - other > 0 ? one : other;
    }

    private static void pauseUntil(long nanos) throws InterruptedException {
        for (long left = nanos - System.nanoTime(); left > 0; left = nanos - System.nanoTime()) {
            LockSupport.parkNanos(left);
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
    }

    private Answer answer(Question question) {
        return switch (question.line()) {
            case "GET /record" -> Answer.ok(record());
            case "GET /outages" ->
                Answer.ok(outages.all(System.nanoTime()).stream()
                        .map(outage -> ClientRecord.Gap.of(outage, startedNanos))
                        .toList());
            case "GET /good" ->
                outages.answering(System.nanoTime())
                        ? Answer.ok(record())
                        : Answer.error(503, "the orders service gave no good answer within the last second");
            default -> Answer.unknown(question);
        };
    }

    private ClientRecord record() {
        long now = System.nanoTime();
        Optional<Outage> outage = outages.newest(now);
        return ClientRecord.of(
                config.name(),
                startedNanos,
                journal.size(),
                outage,
                outage.flatMap(check::lossOf),
                outages.answering(now));
    }

    @Override
    public void close() {
        placing.interrupt();
        checking.interrupt();
        awaitEnd(placing);
        awaitEnd(checking);
        server.close();
        service.close();
        journal.close();
    }

    private static void awaitEnd(Thread thread) {
        try {
            thread.join(STOPPING);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
