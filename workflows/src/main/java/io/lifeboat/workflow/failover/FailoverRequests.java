package io.lifeboat.workflow.failover;

import io.lifeboat.workflow.FailureType;
import io.lifeboat.workflow.run.RunOrigin;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Checks a request and fills in what it leaves out: a start from the UI carries nothing but its JSON. */
final class FailoverRequests {
    private static final String UNPLANNED = "unplanned";

    private FailoverRequests() {}

    /** A start without any input is a request that says nothing. */
    static FailoverRequest orEmpty(@Nullable FailoverRequest request) {
        return request != null
                ? request
                : new FailoverRequest(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty());
    }

    /** The service, or {@code INVALID_REQUEST} with every problem at once. */
    static String validate(FailoverRequest request) {
        List<String> problems = new ArrayList<>();
        String service = request.service().map(String::strip).orElse("");
        if (service.isEmpty()) {
            problems.add("\"service\" is missing: the name of a service in the runbook catalog");
        }
        if (request.reason().map(String::strip).orElse("").isEmpty()) {
            problems.add("\"reason\" is missing: a sentence for the report");
        }
        if (!mode(request).equals(UNPLANNED)) {
            problems.add("\"mode\" is \"" + mode(request) + "\"; this version knows \"" + UNPLANNED + "\"");
        }
        if (request.detectSeconds().filter(d -> d.isNaN() || d < 0).isPresent()) {
            problems.add("\"detectSeconds\" is negative");
        }
        if (!problems.isEmpty()) {
            throw FailureType.INVALID_REQUEST.failure("Cannot start a failover: " + String.join("; ", problems)
                    + ". Start it again with {\"service\":\"orders\",\"reason\":\"us-east-1 is gone\"}.");
        }
        return service;
    }

    static RunOrigin origin(FailoverRequest request) {
        return new RunOrigin(
                RegionFailoverWorkflow.TYPE,
                mode(request),
                request.service().orElse(""),
                request.incident(),
                request.reason().orElse(""),
                requestedBy(request));
    }

    static String mode(FailoverRequest request) {
        return request.mode().map(String::strip).filter(m -> !m.isEmpty()).orElse(UNPLANNED);
    }

    static String requestedBy(FailoverRequest request) {
        return request.requestedBy()
                .map(String::strip)
                .filter(b -> !b.isEmpty())
                .orElse("not named");
    }
}
