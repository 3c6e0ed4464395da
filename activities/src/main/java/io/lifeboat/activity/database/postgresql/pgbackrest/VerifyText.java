package io.lifeboat.activity.database.postgresql.pgbackrest;

import io.lifeboat.activity.backup.BackupException;
import io.lifeboat.activity.backup.BackupException.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code pgbackrest verify --output=text --verbose} says. Its exit code is 0 whatever it finds, and it has no JSON; a text that cannot be
 * read counts as damage, so that a newer one never passes for a good one.
 */
record VerifyText(String text) {
    private static final Pattern BACKUP =
            Pattern.compile("backup: (\\S+), status: ([^,]+), total files checked: (\\d+), total valid files: (\\d+)");
    private static final Pattern ARCHIVE =
            Pattern.compile("archiveId: (\\S+), total WAL checked: (\\d+), total valid WAL: (\\d+)");

    /** Fails unless the set of the label and all of the log are whole; says what was compared. */
    String require(String id, String label) {
        List<String> faults = new ArrayList<>();
        Optional<Matcher> set = set(label);
        if (set.isEmpty()) {
            faults.add("it does not find the set " + label);
        }
        set.filter(found -> !found.group(2).equals("valid") || !found.group(3).equals(found.group(4)))
                .ifPresent(found -> faults.add("of the files of " + label + ", " + found.group(4) + " of "
                        + found.group(3) + " are as they were (" + found.group(2) + ")"));
        Matcher archive = ARCHIVE.matcher(text);
        long segments = 0;
        while (archive.find()) {
            segments += Long.parseLong(archive.group(2));
            if (!archive.group(2).equals(archive.group(3))) {
                faults.add("of the log in " + archive.group(1) + ", " + archive.group(3) + " of " + archive.group(2)
                        + " segments are as they were");
            }
        }
        if (!faults.isEmpty()) {
            throw new BackupException(
                    Kind.CORRUPT,
                    "Backup " + id + " is not what was taken, says pgbackrest verify: " + String.join("; ", faults)
                            + ". Use the other repository, or another backup.");
        }
        return set.orElseThrow().group(3) + " files and " + segments + " segments of the log compared by pgBackRest";
    }

    private Optional<Matcher> set(String label) {
        Matcher set = BACKUP.matcher(text);
        while (set.find()) {
            if (set.group(1).equals(label)) {
                return Optional.of(set);
            }
        }
        return Optional.empty();
    }
}
