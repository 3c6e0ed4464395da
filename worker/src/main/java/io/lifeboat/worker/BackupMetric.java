package io.lifeboat.worker;

import java.util.List;

/** The metrics of backups: names and labels that alert rules and dashboards rely on, and the help that a scrape shows. */
enum BackupMetric {
    SUCCESS(
            "backup_success",
            Of.POLICY,
            "1 if the newest backup is no older than twice its policy's interval, 0 if it is older or there is none;"
                    + " as far as the policy's places can be read"),
    AGE("backup_age_hours", Of.POLICY, "Hours since the newest backup was taken"),
    TOTAL_SIZE(
            "backup_total_size_bytes",
            Of.HOLDING,
            "Bytes that the policy's backups take in this bucket, unfinished ones included"),
    LAST_SUCCESS(
            "lifeboat_backup_last_success_timestamp_seconds",
            Of.POLICY,
            "When the newest backup was taken: when its run began or, if that was earlier, when its manifest was written"),
    EXPECTED_INTERVAL(
            "lifeboat_backup_expected_interval_seconds",
            Of.POLICY,
            "The longest time between two backups, as the runbook has it; there for every policy the worker knows"),
    LAST_SIZE(
            "lifeboat_backup_last_size_bytes",
            Of.POLICY,
            "Bytes that the newest backup takes; not said of a policy whose sizes differ by design, with increments or by pgBackRest"),
    COUNT("lifeboat_backup_count", Of.HOLDING, "Backups of the policy in this bucket"),
    PROVEN(
            "lifeboat_backup_proven_timestamp_seconds",
            Of.POLICY,
            "When a restore last proved one of the policy's backups, as the proofs beside them claim"),
    PROOF_EXPECTED_INTERVAL(
            "lifeboat_backup_proof_expected_interval_seconds", Of.POLICY, "The longest time between two proofs"),
    COPIES_MISSING(
            "lifeboat_backup_copies_missing",
            Of.HOLDING,
            "Backups in the policy's first place that are more than an hour old and not in this bucket; absent for the first"
                    + " place itself"),
    UNFINISHED(
            "lifeboat_backup_unfinished",
            Of.HOLDING,
            "Folders of the policy without a manifest in this bucket: under way, or left by a run that failed"),
    UNFINISHED_SINCE(
            "lifeboat_backup_unfinished_since_timestamp_seconds",
            Of.HOLDING,
            "When something was last written to the unfinished backup that has waited longest"),
    CATALOGUE_UP(
            "lifeboat_backup_catalogue_up",
            Of.PLACE,
            "1 if the datastore's backups in this bucket could be listed at the last look, 0 if not"),
    CATALOGUE_LAST_SUCCESS(
            "lifeboat_backup_catalogue_last_success_timestamp_seconds",
            Of.PLACE,
            "When the datastore's backups in this bucket could last be listed since the worker started"),
    STORED(
            "lifeboat_backup_stored_bytes",
            Of.PLACE,
            "Bytes of everything in the datastore's folder of this bucket, also of what no policy of the runbook has made"),
    STORAGE_LIMIT(
            "lifeboat_backup_storage_limit_bytes",
            Of.BUCKET,
            "How much the backups in this bucket may take, as the worker was told"),
    KEY_AGE(
            "lifeboat_backup_key_age_days",
            Of.KEY,
            "Days since the holder's key of this data class was made or last rotated, as its KMS or the worker's settings say; absent where neither does"),
    KEY_READABLE(
            "lifeboat_backup_key_readable",
            Of.KEY,
            "1 if the KMS told the age of the holder's key at the last look, 0 if it did not answer or refused"),
    LOG_STORED(
            "lifeboat_wal_archive_last_stored_timestamp_seconds",
            Of.PLACE,
            "When the newest file of the datastore's log was written to this bucket"),
    LOG_SHIP(
            "lifeboat_wal_archive_expected_interval_seconds",
            Of.PLACE,
            "How long what is written may wait before it is stored, as the runbook has it; there for every place of a log"),
    LOG_POSITION(
            "lifeboat_wal_archive_position_bytes",
            Of.PLACE,
            "Where the log in this bucket ends, as a position in the datastore's whole log"),
    LOG_MISSING(
            "lifeboat_wal_archive_missing_segments",
            Of.PLACE,
            "Segments of the log that are missing between others in this bucket; nothing can be recovered across them"),
    LOG_SIZE("lifeboat_wal_archive_stored_bytes", Of.PLACE, "Bytes of everything that this bucket holds of the log"),
    SLOT_RETAINED(
            "lifeboat_wal_slot_retained_bytes",
            Of.DATASTORE,
            "Bytes of the log that the primary keeps because they are not stored yet; from the worker that receives"),
    SLOT_SAFE(
            "lifeboat_wal_slot_safe_bytes",
            Of.DATASTORE,
            "Bytes that may still be written before the primary may drop what is not stored; absent where it has no limit");

    private final String text;
    private final Of of;
    private final String help;

    /** What a metric is of; its labels hold names from runbooks and from the worker's configuration, and nothing else. */
    enum Of {
        POLICY("service", "datastore", "policy", "type"),
        HOLDING("service", "datastore", "policy", "type", "region", "bucket"),
        PLACE("service", "datastore", "region", "bucket"),
        BUCKET("region", "bucket"),
        DATASTORE("service", "datastore"),
        KEY("data_class", "holder");

        @SuppressWarnings("ImmutableEnumChecker") // List.of
        private final List<String> labels;

        Of(String... labels) {
            this.labels = List.of(labels);
        }
    }

    BackupMetric(String text, Of of, String help) {
        this.text = text;
        this.of = of;
        this.help = help;
    }

    /** Its name on the wire. */
    String text() {
        return text;
    }

    List<String> labels() {
        return of.labels;
    }

    String help() {
        return help;
    }
}
