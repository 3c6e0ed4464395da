package io.lifeboat.workflow.failover;

import java.util.Optional;

/**
 * What it takes to start a failover: {@code {"service":"orders","reason":"us-east-1 is gone"}}. Everything else has a
 * default, because the Temporal UI's start form offers one JSON object and nothing more.
 *
 * @param service as in the runbook
 * @param reason goes into the report
 * @param mode {@code unplanned}, the default
 * @param incident id of the incident in the team's own tool
 * @param requestedBy who starts it
 * @param detectSeconds from the impact to the alarm, as the alarm measured it on its own clock
 */
public record FailoverRequest(
        Optional<String> service,
        Optional<String> reason,
        Optional<String> mode,
        Optional<String> incident,
        Optional<String> requestedBy,
        Optional<Double> detectSeconds) {
    public static FailoverRequest of(String service, String reason) {
        return new FailoverRequest(
                Optional.of(service),
                Optional.of(reason),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}
