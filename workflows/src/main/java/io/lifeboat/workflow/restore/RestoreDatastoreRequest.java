package io.lifeboat.workflow.restore;

import io.lifeboat.workflow.FailureType;
import io.lifeboat.workflow.run.RunOrigin;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What it takes to start a restore over production: {@code {"service":"orders","datastore":"orders-db","reason":"a bad UPDATE",
 * "at":"2026-11-21T14:04:59Z"}}.
 *
 * @param datastore may be left out where the service has only one
 * @param at the moment to go back to; absent for the newest proven backup as it is
 * @param id of a backup; absent to choose
 * @param incident id of the incident in the team's own tool
 */
public record RestoreDatastoreRequest(
        Optional<String> service,
        Optional<String> datastore,
        Optional<String> reason,
        Optional<Instant> at,
        Optional<String> id,
        Optional<String> incident,
        Optional<String> requestedBy) {

    public static RestoreDatastoreRequest of(String service, String datastore, String reason) {
        return new RestoreDatastoreRequest(
                Optional.of(service),
                Optional.of(datastore),
                Optional.of(reason),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** To this moment. */
    public RestoreDatastoreRequest to(Instant moment) {
        return new RestoreDatastoreRequest(service, datastore, reason, Optional.of(moment), id, incident, requestedBy);
    }

    /** From this backup. */
    public RestoreDatastoreRequest from(String backup) {
        return new RestoreDatastoreRequest(service, datastore, reason, at, Optional.of(backup), incident, requestedBy);
    }

    /** Asked for by this person. */
    public RestoreDatastoreRequest by(String name) {
        return new RestoreDatastoreRequest(service, datastore, reason, at, id, incident, Optional.of(name));
    }

    /** A start without any input is a request that says nothing. */
    static RestoreDatastoreRequest orEmpty(@Nullable RestoreDatastoreRequest request) {
        return request != null
                ? request
                : new RestoreDatastoreRequest(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty());
    }

    RunOrigin origin() {
        return new RunOrigin(
                RestoreDatastoreWorkflow.TYPE,
                at.isPresent() ? "point in time" : "backup",
                service.orElse(""),
                incident,
                reason.orElse(""),
                RestoreRequest.text(requestedBy).orElse("not named"));
    }

    /** The service, or {@code INVALID_REQUEST} with every problem at once. */
    String validated() {
        List<String> problems = new ArrayList<>();
        String named = RestoreRequest.text(service).orElse("");
        if (named.isEmpty()) {
            problems.add("\"service\" is missing: the name of a service in the runbook catalog");
        }
        if (RestoreRequest.text(reason).isEmpty()) {
            problems.add("\"reason\" is missing: a sentence for the report");
        }
        if (!problems.isEmpty()) {
            throw FailureType.INVALID_REQUEST.failure("Cannot start a restore: " + String.join("; ", problems)
                    + ". Start it again with {\"service\":\"orders\",\"datastore\":\"orders-db\",\"reason\":\"a bad"
                    + " UPDATE\",\"at\":\"2026-11-21T14:04:59Z\"}.");
        }
        return named;
    }
}
