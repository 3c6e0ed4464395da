package io.lifeboat.activity.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.lifeboat.workflow.FailureType;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** A store that gives whole objects whatever it is asked for, as no S3 does; the rest is shown on a real one. */
class S3DownloadTest {
    private static final int MORE_THAN_A_PIECE = (8 << 20) + 1;

    private HttpServer store;
    private volatile int length;

    @AutoClose
    private S3Client client;

    @BeforeEach
    void startStore() throws IOException {
        store = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        store.createContext("/", exchange -> {
            try (exchange;
                    OutputStream body = exchange.getResponseBody()) {
                exchange.sendResponseHeaders(200, length);
                body.write(new byte[length]);
            }
        });
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

    private S3Download open() {
        return new S3Download(client, "backups", "dump", new S3Call("us-east-1"));
    }
}
