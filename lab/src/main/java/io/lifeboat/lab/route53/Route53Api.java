package io.lifeboat.lab.route53;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** The HTTP API: finds the operation a request asks for and turns refusals into Route 53's error documents. */
final class Route53Api implements HttpHandler {
    private static final Logger LOG = System.getLogger(Route53Api.class.getName());

    private final RequestRate rate;
    private final Map<String, Function<ApiRequest, ApiReply>> operations;
    private volatile boolean available = true;

    Route53Api(RequestRate rate, ZoneOperations zones, HealthCheckOperations healthChecks) {
        this.rate = rate;
        this.operations = Map.ofEntries(
                Map.entry("GET hostedzone", zones::listZones),
                Map.entry("POST hostedzone", zones::createZone),
                Map.entry("GET hostedzone *", zones::getZone),
                Map.entry("GET hostedzonesbyname", zones::listZonesByName),
                Map.entry("GET hostedzone * rrset", zones::listRecordSets),
                Map.entry("POST hostedzone * rrset", zones::changeRecordSets),
                Map.entry("GET change *", zones::getChange),
                Map.entry("POST healthcheck", healthChecks::create),
                Map.entry("GET healthcheck *", healthChecks::get),
                Map.entry("DELETE healthcheck *", healthChecks::delete),
                Map.entry("GET healthcheck * status", healthChecks::status));
    }

    void setAvailable(boolean available) {
        this.available = available;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        String requestId = UUID.randomUUID().toString();
        ApiReply reply;
        try {
            reply = reply(exchange);
        } catch (Route53Fault refusal) {
            reply = ApiReply.refused(refusal, requestId);
        } catch (RuntimeException bug) {
            LOG.log(
                    Level.ERROR,
                    "The lab's Route 53 failed at " + exchange.getRequestURI().getPath(),
                    bug);
            reply = ApiReply.refused(
                    Route53Fault.of(500, "InternalFailure", "The lab's Route 53 failed; its log says why"), requestId);
        }
        try (exchange) {
            exchange.getResponseHeaders().set("Content-Type", "text/xml");
            exchange.getResponseHeaders().set("x-amzn-RequestId", requestId);
            reply.location().ifPresent(where -> exchange.getResponseHeaders().set("Location", where));
            byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(reply.status(), body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private ApiReply reply(HttpExchange exchange) throws IOException {
        ApiRequest request = ApiRequest.read(exchange);
        if (!available) {
            throw Route53Fault.of(503, "ServiceUnavailable", "Service is unavailable. Please try again later.");
        }
        String authorization = Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization"))
                .orElse("");
        if (!authorization.startsWith("AWS4-HMAC-SHA256 ")) {
            throw Route53Fault.of(403, "MissingAuthenticationToken", "Missing Authentication Token");
        }
        rate.admit();
        return Optional.ofNullable(operations.get(request.operation()))
                .orElseThrow(() -> Route53Fault.of(
                        404,
                        "UnknownOperationException",
                        "The lab's Route 53 does not know \"" + request.operation()
                                + "\". It has zones, record sets, changes and health checks."))
                .apply(request);
    }
}
