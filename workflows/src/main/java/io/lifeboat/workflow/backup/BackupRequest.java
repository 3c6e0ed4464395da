package io.lifeboat.workflow.backup;

import java.util.Optional;

/**
 * What it takes to start a backup run: {@code {"service":"orders"}}. The same object starts the other procedures on backups.
 *
 * @param service as in the runbook
 * @param datastore only this one; absent for all
 * @param id a backup; absent for the newest
 * @param all whether policies are carried out that are not due yet
 * @param planOnly whether retention only says what it would remove
 * @param limit how many backups of each policy are listed
 * @param reason goes into the run's summary
 * @param requestedBy who starts it
 */
public record BackupRequest(
        Optional<String> service,
        Optional<String> datastore,
        Optional<String> id,
        Optional<Boolean> all,
        Optional<Boolean> planOnly,
        Optional<Integer> limit,
        Optional<String> reason,
        Optional<String> requestedBy) {

    /** A request for everything a service has. */
    public static BackupRequest of(String service) {
        return new BackupRequest(
                Optional.of(service),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** Only this datastore, where one is named. */
    public BackupRequest only(Optional<String> named) {
        return new BackupRequest(service, named, id, all, planOnly, limit, reason, requestedBy);
    }

    /** This backup. */
    public BackupRequest backup(String wanted) {
        return new BackupRequest(service, datastore, Optional.of(wanted), all, planOnly, limit, reason, requestedBy);
    }

    /** So many backups of each policy. */
    public BackupRequest newest(int most) {
        return new BackupRequest(service, datastore, id, all, planOnly, Optional.of(most), reason, requestedBy);
    }

    /** Nothing is removed. */
    public BackupRequest withoutRemoving() {
        return new BackupRequest(service, datastore, id, all, Optional.of(true), limit, reason, requestedBy);
    }

    /** Whatever is due and what is not. */
    public BackupRequest everything() {
        return new BackupRequest(service, datastore, id, Optional.of(true), planOnly, limit, reason, requestedBy);
    }

    public BackupRequest because(String why, String by) {
        return new BackupRequest(service, datastore, id, all, planOnly, limit, Optional.of(why), Optional.of(by));
    }
}
