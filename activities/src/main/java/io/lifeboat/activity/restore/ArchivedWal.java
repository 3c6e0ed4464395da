package io.lifeboat.activity.restore;

import io.lifeboat.activity.database.postgresql.WalSource;
import io.lifeboat.activity.wal.ReadableWal;
import io.lifeboat.activity.wal.WalTimeline;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** The archive of one system, as a recovery asks for it. */
record ArchivedWal(ReadableWal archive, String systemIdentifier) implements WalSource {
    @Override
    public boolean fetch(String fileName, Path to) throws IOException {
        return archive.fetch(systemIdentifier, fileName, to);
    }

    @Override
    public Optional<String> newestSegment(long timeline) {
        return archive.timelines(systemIdentifier).stream()
                .filter(kept -> kept.timeline() == timeline)
                .map(WalTimeline::last)
                .map(last -> last.name())
                .findFirst();
    }
}
