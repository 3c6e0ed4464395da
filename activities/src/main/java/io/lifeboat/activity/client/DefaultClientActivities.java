package io.lifeboat.activity.client;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.lifeboat.activity.http.BoundedHttp;
import io.lifeboat.activity.site.Settings;
import io.lifeboat.runbook.Client;
import io.lifeboat.workflow.FailureType;
import io.lifeboat.workflow.WireFormat;
import io.lifeboat.workflow.client.ClientActivities;
import io.lifeboat.workflow.client.ClientRecord;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Reads a synthetic client's record over HTTP. */
public final class DefaultClientActivities implements ClientActivities {
    private static final ObjectMapper JSON = WireFormat.mapper();
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration CALL = Duration.ofSeconds(2);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

    private final Settings settings;
    private final Duration patience;

    public DefaultClientActivities(Settings settings) {
        this(settings, PATIENCE);
    }

    DefaultClientActivities(Settings settings, Duration patience) {
        this.settings = settings;
        this.patience = patience;
    }

    @Override
    public ClientRecord read(Client client) {
        URI uri = URI.create(settings.resolve(client.record()));
        long started = System.nanoTime();
        ClientRecord record = ask(uri);
        while (!isSettled(record) && System.nanoTime() - started < patience.toNanos()) {
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
            record = ask(uri);
        }
        if (!isSettled(record)) {
            // Half a measurement in a report would read as a whole one.
            throw FailureType.PRECONDITION_FAILED.failure("Cannot use the client's record at " + uri + ": after "
                    + patience.toSeconds() + " s the client was still not served, or had not checked what it lost."
                    + " Look at the client and at the service behind its public name.");
        }
        return record;
    }

    /** The client is served again and knows what it lost. */
    private static boolean isSettled(ClientRecord record) {
        return record.answering()
                && record.outage()
                        .map(o -> !o.open() && record.lostSeconds().isPresent())
                        .orElse(true);
    }

    private ClientRecord ask(URI uri) {
        try {
            HttpResponse<byte[]> response =
                    BoundedHttp.send(HttpRequest.newBuilder(uri).build(), CALL);
            if (response.statusCode() != 200) {
                throw FailureType.UNAVAILABLE.failure("Cannot read the client's record at " + uri + ": it answered "
                        + response.statusCode() + ". Check that the URL is the client's.");
            }
            return JSON.readValue(response.body(), ClientRecord.class);
        } catch (IOException e) {
            throw FailureType.UNAVAILABLE.failure(
                    "Cannot read the client's record at " + uri + ": no record came back. Check that the client runs.",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw FailureType.UNAVAILABLE.failure("The call of the client was interrupted.", e);
        }
    }
}
