package io.lifeboat.activity.backup;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;

/**
 * The id of a backup: {@code 20261121T020000Z-nightly}. Ids of a datastore sort by time, and one policy has one backup a slot, so
 * that a run that is started twice takes it once.
 *
 * @param slot when the run began that took it, in whole seconds
 * @param policy name of its policy in the runbook
 */
public record BackupId(Instant slot, String policy) {
    private static final DateTimeFormatter SLOT =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private static final int SLOT_LENGTH = "20261121T020000Z".length();

    public BackupId {
        slot = slot.truncatedTo(ChronoUnit.SECONDS);
    }

    /** Reads an id; empty for a folder that no policy has made. */
    public static Optional<BackupId> parse(String id) {
        if (id.length() < SLOT_LENGTH + 2 || id.charAt(SLOT_LENGTH) != '-') {
            return Optional.empty();
        }
        return instant(id.substring(0, SLOT_LENGTH)).map(slot -> new BackupId(slot, id.substring(SLOT_LENGTH + 1)));
    }

    /** An instant as ids and proofs have it. */
    static String text(Instant instant) {
        return SLOT.format(instant);
    }

    static Optional<Instant> instant(String text) {
        try {
            return Optional.of(SLOT.parse(text, Instant::from));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return text(slot) + "-" + policy;
    }
}
