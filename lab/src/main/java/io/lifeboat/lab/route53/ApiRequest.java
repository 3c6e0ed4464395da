package io.lifeboat.lab.route53;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A call of the HTTP API.
 *
 * @param path what follows the API version, split at the slashes
 */
record ApiRequest(String method, List<String> path, Map<String, String> query, String body) {
    static final String VERSION = "/2013-04-01";
    private static final int LARGEST_BODY = 1 << 20;

    static ApiRequest read(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readNBytes(LARGEST_BODY), StandardCharsets.UTF_8);
        URI uri = exchange.getRequestURI();
        List<String> path = Arrays.stream(
                        uri.getPath().substring(VERSION.length()).split("/"))
                .filter(part -> !part.isEmpty())
                .toList();
        return new ApiRequest(exchange.getRequestMethod(), path, query(uri.getRawQuery()), body);
    }

    private static Map<String, String> query(@Nullable String raw) {
        Map<String, String> query = new HashMap<>();
        if (raw != null) {
            for (String pair : raw.split("&")) {
                String[] parts = pair.split("=", 2);
                query.put(decoded(parts[0]), parts.length == 2 ? decoded(parts[1]) : "");
            }
        }
        return query;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    /** The method and the path with "*" in place of what may be an id: the first and third part are fixed words. */
    String operation() {
        StringBuilder operation = new StringBuilder(method);
        for (int i = 0; i < path.size(); i++) {
            operation.append(' ').append(i == 1 ? "*" : path.get(i));
        }
        return operation.toString();
    }

    String id() {
        return path.get(1);
    }

    Optional<String> parameter(String name) {
        return Optional.ofNullable(query.get(name)).filter(value -> !value.isEmpty());
    }

    /** How many items a page may have. */
    int pageSize(int most) {
        String text = parameter("maxitems").orElse(String.valueOf(most));
        try {
            int size = Integer.parseInt(text);
            if (size >= 1) {
                return Math.min(size, most);
            }
        } catch (NumberFormatException e) {
            throw Route53Fault.invalidInput("Invalid MaxItems: \"" + text + "\" (" + e.getMessage() + ")");
        }
        throw Route53Fault.invalidInput("Invalid MaxItems: \"" + text + "\" must be at least 1");
    }
}
