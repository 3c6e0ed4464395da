package io.lifeboat.workflow.restore;

import java.time.Instant;
import java.util.Optional;

/**
 * What it takes to start a restore test: {@code {"service":"orders","datastore":"orders-db"}}.
 *
 * @param id of the backup; absent for the newest that fits
 * @param at a moment to go back to; absent to choose one of now
 */
public record RestoreRequest(
        Optional<String> service,
        Optional<String> datastore,
        Optional<String> id,
        Optional<Instant> at,
        Optional<String> reason,
        Optional<String> requestedBy) {
    public static RestoreRequest of(String service, String datastore) {
        return new RestoreRequest(
                Optional.of(service),
                Optional.of(datastore),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** To this moment. */
    public RestoreRequest to(Instant moment) {
        return new RestoreRequest(service, datastore, id, Optional.of(moment), reason, requestedBy);
    }

    /** Of this backup. */
    public RestoreRequest ofBackup(String backup) {
        return new RestoreRequest(service, datastore, Optional.of(backup), at, reason, requestedBy);
    }

    /** Whether it may be a backup of this policy that is meant: an id is a time, a hyphen, and the policy's name. */
    boolean isAbout(String policy) {
        return text(id).map(asked -> asked.substring(asked.indexOf('-') + 1))
                .map(policy::equals)
                .orElse(true);
    }

    /** A field that was left empty in a form was left out. */
    static Optional<String> text(Optional<String> field) {
        return field.map(String::strip).filter(t -> !t.isEmpty());
    }
}
