package io.lifeboat.activity.restore;

import io.lifeboat.activity.database.postgresql.WalSource;
import java.nio.file.Path;
import java.util.Optional;

/** A base backup holds the log that it needs itself. */
final class NoWal implements WalSource {
    @Override
    public boolean fetch(String fileName, Path to) {
        return false;
    }

    @Override
    public Optional<String> newestSegment(long timeline) {
        return Optional.empty();
    }
}
