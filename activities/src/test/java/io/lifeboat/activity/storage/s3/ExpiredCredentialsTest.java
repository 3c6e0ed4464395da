package io.lifeboat.activity.storage.s3;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.lifeboat.activity.site.Settings;
import io.lifeboat.activity.site.Site;
import io.lifeboat.activity.storage.LargeObjects;
import io.lifeboat.runbook.Setting;
import io.lifeboat.workflow.FailureType;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The real client, and the answer that S3 documents for a session token that has expired. */
class ExpiredCredentialsTest {
    private static final String ANSWER = """
            <?xml version="1.0" encoding="UTF-8"?>
            <Error><Code>ExpiredToken</Code><Message>The provided token has expired.</Message><RequestId>1</RequestId></Error>
            """;

    private HttpServer store;
    private S3ObjectStores stores;

    @BeforeEach
    void start() throws IOException {
        store = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        store.createContext("/", exchange -> {
            byte[] body = ANSWER.getBytes(StandardCharsets.UTF_8);
            boolean head = exchange.getRequestMethod().equals("HEAD");
            exchange.sendResponseHeaders(400, head ? -1 : body.length);
            if (!head) {
                exchange.getResponseBody().write(body);
            }
            exchange.close();
        });
        store.start();
        URI endpoint = URI.create("http://127.0.0.1:" + store.getAddress().getPort());
        Setting key = new Setting("key");
        stores = new S3ObjectStores(site(endpoint, key), new Settings(name -> null));
    }

    @AfterEach
    void stop() {
        stores.close();
        store.stop(0);
    }

    @Test
    void areSaidToHaveExpiredAndAreNotTriedAgain() {
        LargeObjects objects = stores.large("us-west-2");

        assertThatThrownBy(() -> objects.list("backups", "orders/"))
                .matches(FailureType.PRECONDITION_FAILED::is)
                .hasMessageContaining(
                        "Cannot list \"orders/\" in bucket \"backups\" in us-west-2: the store answered 400"
                                + " ExpiredToken. The worker's credentials for that region have expired.");
        assertThatThrownBy(() -> objects.create("backups", "orders/x", Optional.empty()))
                .as("asks whether the bucket is there, to which no reason can be answered")
                .matches(FailureType.PRECONDITION_FAILED::is)
                .hasMessageContaining("have expired");
    }

    private static Site site(URI endpoint, Setting key) {
        return new Site(
                Map.of(
                        "us-west-2",
                        new Site.Region(
                                new Site.Kubernetes(endpoint, Optional.empty(), Optional.empty()),
                                new Site.ObjectStore(Optional.of(endpoint), Optional.of(key), Optional.of(key)))),
                new Site.Route53(Optional.empty(), "us-east-1", Optional.empty(), Optional.empty(), List.of()));
    }
}
