package io.lifeboat.lab.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.lifeboat.lab.Lab;
import io.lifeboat.lab.LabException;
import io.lifeboat.workflow.WireFormat;
import io.lifeboat.workflow.client.ClientRecord;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** The client's orders, as they come in. */
final class SteadyLoad {
    private static final ObjectMapper JSON = WireFormat.mapper();

    private SteadyLoad() {}

    /** Waits until so many orders were acknowledged and the client is answered. */
    static ClientRecord await(Lab lab, long orders) {
        URI uri = URI.create(lab.environment().get("ORDERS_CLIENT_RECORD"));
        long deadline = System.nanoTime() + Duration.ofMinutes(1).toNanos();
        try (HttpClient http = HttpClient.newHttpClient()) {
            while (true) {
                ClientRecord record = JSON.readValue(
                        http.send(
                                        HttpRequest.newBuilder(uri)
                                                .timeout(Duration.ofSeconds(2))
                                                .build(),
                                        HttpResponse.BodyHandlers.ofByteArray())
                                .body(),
                        ClientRecord.class);
                if (record.answering() && record.acknowledged() >= orders) {
                    return record;
                }
                if (System.nanoTime() > deadline) {
                    throw LabException.failed("The client got only " + record.acknowledged()
                            + " orders acknowledged in a minute. Look at the lab's logs.");
                }
                LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
            }
        } catch (IOException e) {
            throw LabException.failed("Cannot read the client's record at " + uri + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw LabException.failed("The demo was interrupted.", e);
        }
    }
}
