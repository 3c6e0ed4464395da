package io.lifeboat.activity.database.postgresql;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A libpq connection URI of one server: {@code postgresql://user:password@host:port/database?sslmode=require}.
 *
 * @param host without the brackets of an IPv6 address
 */
record PostgresUri(String user, String password, String host, int port, String database, Map<String, String> tls) {
    private static final int DEFAULT_PORT = 5432;
    private static final List<String> TLS_PARAMETERS = List.of("sslmode", "sslrootcert", "sslcert", "sslkey");

    /** Understood by libpq and harmless here: Lifeboat has its own time-outs and name. */
    private static final List<String> IGNORED_PARAMETERS =
            List.of("connect_timeout", "application_name", "target_session_attrs", "keepalives");

    private static final List<String> FIELDS = List.of("user", "password", "host", "port", "dbname");

    PostgresUri {
        tls = Map.copyOf(tls);
    }

    /** Reads a URI; the message of the {@link IllegalArgumentException} never quotes any of it. */
    static PostgresUri parse(String text) {
        String rest = afterScheme(text);
        Map<String, String> fields = new LinkedHashMap<>();
        Map<String, String> tls = new TreeMap<>();
        int question = rest.indexOf('?');
        String path = question < 0 ? rest : rest.substring(0, question);
        int slash = path.indexOf('/');
        String authority = slash < 0 ? path : path.substring(0, slash);
        if (slash >= 0 && slash + 1 < path.length()) {
            fields.put("dbname", decode(path.substring(slash + 1)));
        }
        readAuthority(authority, fields);
        if (question >= 0) {
            readParameters(rest.substring(question + 1), fields, tls);
        }
        return of(fields, tls);
    }

    private static PostgresUri of(Map<String, String> fields, Map<String, String> tls) {
        String user = required(fields, "user");
        String host = required(fields, "host");
        require(!host.startsWith("/"), "it names a Unix socket, but an instance is reached over TCP: name its host");
        return new PostgresUri(
                user,
                Optional.ofNullable(fields.get("password")).orElse(""),
                host,
                port(fields.get("port")),
                Optional.ofNullable(fields.get("dbname")).orElse(user),
                tls);
    }

    private static String afterScheme(String text) {
        for (String scheme : List.of("postgresql://", "postgres://")) {
            if (text.startsWith(scheme)) {
                return text.substring(scheme.length());
            }
        }
        throw new IllegalArgumentException("it does not begin with postgresql://");
    }

    private static void readAuthority(String authority, Map<String, String> fields) {
        int at = authority.lastIndexOf('@');
        if (at >= 0) {
            String userInfo = authority.substring(0, at);
            int colon = userInfo.indexOf(':');
            fields.put("user", decode(colon < 0 ? userInfo : userInfo.substring(0, colon)));
            if (colon >= 0) {
                fields.put("password", decode(userInfo.substring(colon + 1)));
            }
        }
        String address = authority.substring(at + 1);
        require(!address.contains(","), "it names several hosts, but an instance is one server: name that one");
        int end = address.startsWith("[") ? address.indexOf(']') : -1;
        require(!address.startsWith("[") || end > 0, "the bracket of its IPv6 address is not closed");
        int colon = address.indexOf(':', Math.max(end, 0));
        String host = colon < 0 ? address : address.substring(0, colon);
        if (!host.isEmpty()) {
            fields.put("host", end > 0 ? decode(address.substring(1, end)) : decode(host));
        }
        if (colon >= 0) {
            fields.put("port", address.substring(colon + 1));
        }
    }

    private static void readParameters(String query, Map<String, String> fields, Map<String, String> tls) {
        for (String pair : query.split("&")) {
            int equals = pair.indexOf('=');
            if (pair.isEmpty()) {
                continue;
            }
            require(equals > 0, "one of its parameters has no value");
            String key = decode(pair.substring(0, equals));
            String value = decode(pair.substring(equals + 1));
            if (FIELDS.contains(key)) {
                fields.put(key, value);
            } else if (TLS_PARAMETERS.contains(key)) {
                tls.put(key, value);
            } else {
                require(
                        IGNORED_PARAMETERS.contains(key),
                        "it has a parameter other than " + FIELDS + " and " + TLS_PARAMETERS + ": leave it out");
            }
        }
    }

    private static int port(@Nullable String text) {
        if (text == null || text.isEmpty()) {
            return DEFAULT_PORT;
        }
        require(text.length() <= 5 && text.chars().allMatch(c -> c >= '0' && c <= '9'), "its port is no number");
        int port = Integer.parseInt(text);
        require(port >= 1 && port <= 65_535, "its port is not between 1 and 65535");
        return port;
    }

    private static String required(Map<String, String> fields, String name) {
        String value = fields.get(name);
        require(value != null && !value.isEmpty(), "it names no " + name);
        return String.valueOf(value);
    }

    /** Percent-decodes as libpq does: a plus sign stays a plus sign. */
    private static String decode(String text) {
        byte[] raw = text.getBytes(StandardCharsets.UTF_8);
        ByteBuffer decoded = ByteBuffer.allocate(raw.length);
        for (int i = 0; i < raw.length; i++) {
            if (raw[i] != '%') {
                decoded.put(raw[i]);
                continue;
            }
            require(i + 2 < raw.length, "a percent sign in it is not followed by two hexadecimal digits");
            int high = Character.digit(raw[i + 1], 16);
            int low = Character.digit(raw[i + 2], 16);
            require(high >= 0 && low >= 0, "a percent sign in it is not followed by two hexadecimal digits");
            require(high + low > 0, "it holds a percent-encoded zero byte");
            decoded.put((byte) (high * 16 + low));
            i += 2;
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(decoded.flip()).toString();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("its percent-encoding is not UTF-8", e);
        }
    }

    /** The same server's other database. */
    PostgresUri to(String other) {
        return new PostgresUri(user, password, host, port, other, tls);
    }

    /** The URI itself, which {@link #parse} reads back. It holds the password. */
    String text() {
        String address = host.contains(":") ? "[" + host + "]" : host;
        String parameters = new TreeMap<>(tls)
                .entrySet().stream()
                        .map(p -> encode(p.getKey()) + "=" + encode(p.getValue()))
                        .collect(Collectors.joining("&"));
        return "postgresql://" + encode(user) + ":" + encode(password) + "@" + address + ":" + port + "/"
                + encode(database) + (parameters.isEmpty() ? "" : "?" + parameters);
    }

    /** Percent-encodes every byte that is not plainly harmless. */
    private static String encode(String text) {
        StringBuilder encoded = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            boolean plain = (b > 0 && Character.isLetterOrDigit(b)) || b == '_' || b == '.';
            if (plain) {
                encoded.append((char) b);
            } else {
                encoded.append('%').append(HexFormat.of().withUpperCase().toHexDigits(b));
            }
        }
        return encoded.toString();
    }

    private static void require(boolean claim, String otherwise) {
        if (!claim) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    /** Without the password, and without the user: neither belongs in a log. */
    @Override
    public String toString() {
        return "postgresql://" + host + ":" + port + "/" + database;
    }
}
