package io.lifeboat.activity.database.postgresql;

import io.lifeboat.activity.backup.BackupException;
import io.lifeboat.activity.backup.BackupException.Kind;
import io.lifeboat.activity.database.Lsn;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Where a recovery ended, from the history that the server itself wrote of the timeline it then began.
 *
 * @param why in the server's words, such as {@code before 2026-11-20 13:14:30.841496+00}
 */
record RecoveryEnd(long recoveredTimeline, long timeline, Lsn reached, String why) {

    static RecoveryEnd in(Path data) throws IOException {
        List<Path> histories = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(data.resolve("pg_wal"), "????????.history")) {
            found.forEach(histories::add);
        }
        Path newest = histories.stream()
                .max(Path::compareTo)
                .orElseThrow(() -> new BackupException(
                        Kind.UNAVAILABLE,
                        "Cannot tell where the recovery ended: the server wrote no timeline history."));
        String last = Files.readAllLines(newest).stream()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .reduce("", (first, second) -> second);
        String[] fields = last.split("\\s+", 3);
        return new RecoveryEnd(
                Long.parseLong(fields[0]),
                Long.parseLong(newest.getFileName().toString(), 0, 8, 16),
                Lsn.parse(fields[1]),
                fields.length > 2 ? fields[2] : "");
    }
}
