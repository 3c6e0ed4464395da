package io.lifeboat.activity.database.postgresql;

import io.lifeboat.activity.backup.BackupException;
import io.lifeboat.activity.backup.BackupException.Kind;
import io.lifeboat.activity.database.Lsn;
import io.lifeboat.activity.manifest.Manifest;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * From where on a base backup can be recovered to. Earlier moments lie before it or inside its own window, where its files are of
 * no single state; they need an older backup. The other end is where the archived log ends.
 *
 * @param lsn end of the backup in the log
 * @param time the source's clock after that end
 */
public record RecoveryWindow(Lsn lsn, Instant time) {

    /** What the manifest of a base backup says. */
    public static RecoveryWindow of(Manifest backup) {
        return new RecoveryWindow(
                Lsn.parse(fact(backup, PostgresBaseBackup.END_LSN)),
                Instant.parse(fact(backup, PostgresBaseBackup.END_TIME)));
    }

    /** The same for a manifest that is to be written. */
    public static Map<String, String> facts(Lsn end, Instant time) {
        return Map.of(PostgresBaseBackup.END_LSN, end.toString(), PostgresBaseBackup.END_TIME, time.toString());
    }

    /** Refuses a target that can be told to be too early; a name tells nothing of its place. */
    void refuseUnreachable(RecoveryTarget target, Manifest backup) {
        boolean early = switch (target) {
            case RecoveryTarget.Time wanted -> wanted.time().isBefore(time);
            case RecoveryTarget.Position wanted -> wanted.lsn().compareTo(lsn) < 0;
            case RecoveryTarget.Name name -> false;
            case RecoveryTarget.EndOfArchive end -> false;
            case RecoveryTarget.Immediate end -> false;
        };
        if (early) {
            throw new BackupException(
                    Kind.PRECONDITION,
                    "Cannot recover backup " + backup.id() + " to " + target + ": it " + this
                            + ". Choose a later target, or an older backup.");
        }
    }

    static String fact(Manifest backup, String name) {
        return Optional.ofNullable(backup.source().get(name))
                .orElseThrow(() -> new BackupException(
                        Kind.PRECONDITION,
                        "Cannot recover backup " + backup.id() + " of " + backup.service() + "/" + backup.datastore()
                                + ": its manifest does not say its \"" + name
                                + "\", so that it is no base backup. Its method is \"" + backup.method() + "\"."));
    }

    @Override
    public String toString() {
        return "can be recovered to any moment from " + time + " (log position " + lsn
                + ") to the end of the archived log";
    }
}
