package io.lifeboat.lab.route53;

import java.util.List;

/** A refusal in Route 53's own terms: HTTP status, error code and messages. */
final class Route53Fault extends RuntimeException {
    private final int status;
    private final String code;
    private final transient List<String> messages;

    private Route53Fault(int status, String code, List<String> messages) {
        super(code + ": " + String.join(", ", messages));
        this.status = status;
        this.code = code;
        this.messages = List.copyOf(messages);
    }

    static Route53Fault invalidChangeBatch(List<String> messages) {
        return new Route53Fault(400, "InvalidChangeBatch", messages);
    }

    static Route53Fault invalidInput(String message) {
        return of(400, "InvalidInput", message);
    }

    static Route53Fault of(int status, String code, String message) {
        return new Route53Fault(status, code, List.of(message));
    }

    static Route53Fault noSuchHostedZone(String id) {
        return of(404, "NoSuchHostedZone", "No hosted zone found with ID: " + id);
    }

    static Route53Fault noSuchHealthCheck(String id) {
        return of(404, "NoSuchHealthCheck", "A health check with id " + id + " does not exist.");
    }

    int status() {
        return status;
    }

    String code() {
        return code;
    }

    List<String> messages() {
        return messages;
    }

    /** One text for all messages; Route 53 puts those of a change batch in brackets. */
    String text() {
        String joined = String.join(", ", messages);
        return code.equals("InvalidChangeBatch") ? "[" + joined + "]" : joined;
    }
}
