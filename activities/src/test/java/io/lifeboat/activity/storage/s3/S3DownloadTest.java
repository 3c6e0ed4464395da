package io.lifeboat.activity.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.lifeboat.workflow.FailureType;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** Stores that do what no S3 does, and what is seen only from the store's side; the rest is shown on a real one. */
class S3DownloadTest {
    private static final int PIECE = 8 << 20;
    private static final int MORE_THAN_A_PIECE = PIECE + 1;

    /** So that three pieces travel while the first is read. */
    private static final int FOUR_PIECES = 4 * PIECE;

    private interface Answer {
        void give(HttpExchange exchange) throws IOException;
    }

    private HttpServer store;
    private ExecutorService answering;
    private volatile int length;
    private volatile Answer answer = this::whole;

    @AutoClose
    private S3Client client;

    @BeforeEach
    void startStore() throws IOException {
        store = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        store.createContext("/", exchange -> {
            try (exchange) {
                answer.give(exchange);
            }
        });
        answering = Executors.newVirtualThreadPerTaskExecutor();
        store.setExecutor(answering);
        store.start();
        client = S3Client.builder()
                .region(Region.US_EAST_1)
                .forcePathStyle(true)
                .endpointOverride(
                        URI.create("http://127.0.0.1:" + store.getAddress().getPort()))
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("key", "secret")))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
    }

    @AfterEach
    void stopStore() {
        store.stop(0);
        answering.shutdownNow();
    }

    @Test
    void wholeObjectIsTakenWhereAPieceWouldHoldIt() throws IOException {
        length = 1_000;

        try (S3Download object = open()) {
            assertThat(object.readAllBytes()).hasSize(1_000);
        }
    }

    @Test
    void storeWithoutRangesIsCalledThat() {
        length = MORE_THAN_A_PIECE;

        assertThatThrownBy(this::open)
                .matches(FailureType.PRECONDITION_FAILED::is)
                .hasMessageContaining("and gave all. Use a store that gives ranges of objects, as S3 does.");
    }

    @Test
    void whatWasClosedIsNotAtItsEnd() throws IOException {
        length = 1_000;
        S3Download object = open();
        object.close();

        assertThatThrownBy(object::read)
                .isInstanceOf(IOException.class)
                .hasMessage("the reading of \"dump\" has ended");
    }

    @Test
    void answerWhoseLengthNobodyAnnouncedIsReadToItsEnd() throws IOException {
        answer = exchange -> {
            exchange.sendResponseHeaders(200, 0); // in chunks
            exchange.getResponseBody().write(new byte[1_000]);
        };

        try (S3Download object = open()) {
            assertThat(object.readAllBytes()).hasSize(1_000);
        }
    }

    @Test
    void storeThatPassesOverTheConditionIsSeenToHaveReplacedTheObject() throws IOException {
        answer = exchange -> piece(exchange, from(exchange) == 0 ? "old" : "new");

        try (S3Download object = open()) {
            assertThat(object.readNBytes(PIECE)).hasSize(PIECE);
            assertThatThrownBy(object::read)
                    .matches(FailureType.UNAVAILABLE::is)
                    .hasMessageContaining("was replaced while it was read");
        }
    }

    @Test
    void piecesThatTravelAreGivenUpAtAnEarlyEnd() throws Exception {
        CountDownLatch travelling = new CountDownLatch(3);
        CountDownLatch ended = new CountDownLatch(1);
        CountDownLatch givenUp = new CountDownLatch(3);
        answer = exchange -> {
            if (from(exchange) == 0) {
                piece(exchange, "one");
                return;
            }
            travelling.countDown();
            await(ended);
            try {
                piece(exchange, "one");
            } catch (IOException nobodyReads) {
                givenUp.countDown();
            }
        };

        S3Download object = open();
        await(travelling);
        object.close();
        ended.countDown();

        await(givenUp);
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException();
        }
    }

    private void whole(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, length);
        exchange.getResponseBody().write(new byte[length]);
    }

    private static void piece(HttpExchange exchange, String version) throws IOException {
        int from = from(exchange);
        exchange.getResponseHeaders().set("ETag", version);
        exchange.getResponseHeaders()
                .set("Content-Range", "bytes %d-%d/%d".formatted(from, from + PIECE - 1, FOUR_PIECES));
        exchange.sendResponseHeaders(206, PIECE);
        exchange.getResponseBody().write(new byte[PIECE]);
    }

    private static int from(HttpExchange exchange) {
        return Integer.parseInt(exchange.getRequestHeaders().getFirst("Range").replaceAll("bytes=(\\d+)-.*", "$1"));
    }

    private S3Download open() {
        return new S3Download(client, "backups", "dump", new S3Call("us-east-1"));
    }
}
