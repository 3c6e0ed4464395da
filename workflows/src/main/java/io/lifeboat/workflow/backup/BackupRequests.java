package io.lifeboat.workflow.backup;

import io.lifeboat.workflow.FailureType;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Checks a request: a start from the UI carries nothing but its JSON. */
final class BackupRequests {
    private BackupRequests() {}

    /** A start without any input is a request that says nothing. */
    static BackupRequest orEmpty(@Nullable BackupRequest request) {
        return request != null
                ? request
                : new BackupRequest(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty());
    }

    /** The service, or {@code INVALID_REQUEST}. */
    static String service(BackupRequest request, String what) {
        return text(request.service())
                .orElseThrow(() -> FailureType.INVALID_REQUEST.failure("Cannot " + what
                        + ": \"service\" is missing, the name of a service in the runbook catalog."
                        + " Start it again with {\"service\":\"orders\"}."));
    }

    /** A field that was left empty in a form was left out. */
    static Optional<String> text(Optional<String> field) {
        return field.map(String::strip).filter(t -> !t.isEmpty());
    }
}
