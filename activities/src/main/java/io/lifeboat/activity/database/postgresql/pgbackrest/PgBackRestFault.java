package io.lifeboat.activity.database.postgresql.pgbackrest;

import io.lifeboat.activity.backup.BackupException;
import io.lifeboat.activity.backup.BackupException.Kind;
import java.util.Set;
import java.util.regex.Pattern;

/** What can be done about pgBackRest's exit codes, which its source lists in {@code error.yaml} and never changes. */
final class PgBackRestFault {
    private static final int LOCKED = 50;
    private static final int ARCHIVE_TIMEOUT = 82;

    /** Wrong checksum, unreadable format, a file that is missing. */
    private static final Set<Integer> DAMAGE = Set.of(26, 29, 55);

    /** What else it says on its way, where it says everything in one place. */
    private static final Pattern ASIDE = Pattern.compile("(?m)^P\\d+ +(INFO|DETAIL):.*$");

    /** Options, versions, owners, users, stanzas, hosts and backup sets that are not as they must be. */
    private static final Set<Integer> SETTINGS =
            Set.of(27, 30, 31, 32, 37, 38, 40, 43, 44, 46, 48, 51, 58, 67, 68, 72, 75, 87, 88, 89, 95, 96, 103);

    private PgBackRestFault() {}

    /** @param attempted such as {@code back up} */
    static BackupException of(String attempted, Stanza stanza, int code, String said) {
        return new BackupException(
                kind(code, said),
                "Cannot " + attempted + " " + stanza + ": pgbackrest ended with code " + code + " and said: "
                        + ASIDE.matcher(said).replaceAll("").strip().replaceAll("\\s*\\R\\s*", "; ") + ". "
                        + advice(code, said));
    }

    private static Kind kind(int code, String said) {
        if (isDamage(code, said)) {
            return Kind.CORRUPT;
        }
        return SETTINGS.contains(code) ? Kind.PRECONDITION : Kind.UNAVAILABLE;
    }

    /** What a repository has may also break while it is read; then the cause is only named. */
    private static boolean isDamage(int code, String said) {
        return DAMAGE.contains(code) || said.contains("[FormatError]") || said.contains("[ChecksumError]");
    }

    private static String advice(int code, String said) {
        if (isDamage(code, said)) {
            return "Use the other repository, or another backup.";
        }
        return switch (code) {
            case LOCKED -> "Another pgBackRest works on this stanza; it is tried again.";
            case ARCHIVE_TIMEOUT -> "The server's archive_command does not bring its log to the repository.";
            default ->
                SETTINGS.contains(code)
                        ? "Set right what it names, in its configuration or at the server."
                        : "It is tried again.";
        };
    }
}
