package io.lifeboat.activity.backup;

import io.lifeboat.activity.database.DatabaseException;
import io.lifeboat.workflow.FailureType;
import java.io.UncheckedIOException;
import java.util.function.Supplier;

/** Says what went wrong in the types that decide on retries. */
public final class BackupFailures {
    private BackupFailures() {}

    /** @param attempted as a message names it, such as {@code take backup 20261121T020000Z-nightly of orders/orders-db} */
    public static <T> T named(String attempted, Supplier<T> work) {
        try {
            return work.get();
        } catch (BackupException e) {
            throw type(e.kind()).failure(String.valueOf(e.getMessage()));
        } catch (DatabaseException e) {
            throw type(e.kind()).failure("Cannot " + attempted + ": " + e.getMessage() + ".");
        } catch (UncheckedIOException e) {
            throw FailureType.UNAVAILABLE.failure(
                    "Cannot " + attempted + ": the transfer broke off. It is tried again; nothing half-done counts.",
                    e);
        }
    }

    private static FailureType type(BackupException.Kind kind) {
        return switch (kind) {
            case UNAVAILABLE -> FailureType.UNAVAILABLE;
            case PRECONDITION -> FailureType.PRECONDITION_FAILED;
            case CORRUPT -> FailureType.BACKUP_CORRUPT;
        };
    }

    private static FailureType type(DatabaseException.Kind kind) {
        return switch (kind) {
            case UNREACHABLE, BUSY, NOT_ACCEPTING -> FailureType.UNAVAILABLE;
            case NOT_ALLOWED, READ_ONLY, NOT_FOUND, BAD_CONNECTION, REFUSED -> FailureType.PRECONDITION_FAILED;
        };
    }
}
