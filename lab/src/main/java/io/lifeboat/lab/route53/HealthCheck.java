package io.lifeboat.lab.route53;

import java.util.List;
import java.util.Optional;

/**
 * A health check as configured: of an endpoint by HTTP, or by a TCP connection.
 *
 * @param path where an HTTP request goes; not used for TCP
 * @param requestInterval seconds
 * @param failureThreshold how many observations in a row change the status, either way
 */
record HealthCheck(
        String id,
        String callerReference,
        Kind kind,
        Optional<String> ipAddress,
        int port,
        String path,
        Optional<String> host,
        boolean inverted,
        int requestInterval,
        int failureThreshold) {

    enum Kind {
        HTTP,
        TCP
    }

    /** @throws Route53Fault {@code InvalidInput} for what Route 53, or the lab, does not know */
    static HealthCheck read(String document, String id) {
        XmlNode request = XmlNode.parse(document, "CreateHealthCheckRequest");
        XmlNode config = request.required("HealthCheckConfig");
        Kind kind = XmlNode.word(config.requiredText("Type"), List.of("HTTP", "TCP"), Kind::valueOf);
        Optional<String> host = config.text("FullyQualifiedDomainName");
        Optional<String> ipAddress = config.text("IPAddress");
        if (ipAddress.isEmpty() && host.isEmpty()) {
            throw Route53Fault.invalidInput(
                    "Invalid request: Expected at least one of [IPAddress, or FullyQualifiedDomainName]");
        }
        Optional<Long> port = config.number("Port", "Port", 1, 65_535);
        if (kind == Kind.TCP && port.isEmpty()) {
            throw Route53Fault.invalidInput("Invalid request: Missing field 'Port' in a TCP health check");
        }
        String interval = config.text("RequestInterval").orElse("30");
        return new HealthCheck(
                id,
                request.requiredText("CallerReference"),
                kind,
                ipAddress,
                port.orElse(80L).intValue(),
                config.text("ResourcePath").filter(path -> !path.isEmpty()).orElse("/"),
                host,
                config.text("Inverted").map(Boolean::parseBoolean).orElse(false),
                XmlNode.word(interval, List.of("10", "30"), Integer::parseInt),
                config.number("FailureThreshold", "FailureThreshold", 1, 10)
                        .orElse(3L)
                        .intValue());
    }

    /** Where probes go. */
    String address() {
        return ipAddress.or(this::host).orElseThrow();
    }

    boolean isConfiguredLike(HealthCheck other) {
        return equals(new HealthCheck(
                id,
                other.callerReference,
                other.kind,
                other.ipAddress,
                other.port,
                other.path,
                other.host,
                other.inverted,
                other.requestInterval,
                other.failureThreshold));
    }

    void write(XmlText xml) {
        xml.element("HealthCheck", check -> {
            check.element("Id", id);
            check.element("CallerReference", callerReference);
            check.element("HealthCheckConfig", config -> {
                config.element("IPAddress", ipAddress);
                config.element("Port", port);
                config.element("Type", kind);
                if (kind == Kind.HTTP) {
                    config.element("ResourcePath", path);
                }
                config.element("FullyQualifiedDomainName", host);
                config.element("RequestInterval", requestInterval);
                config.element("FailureThreshold", failureThreshold);
                config.element("Inverted", inverted);
            });
            check.element("HealthCheckVersion", 1);
        });
    }
}
