package io.lifeboat.activity.database.postgresql.pgbackrest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lifeboat.activity.backup.BackupException;
import io.lifeboat.activity.backup.BackupException.Kind;
import io.lifeboat.activity.manifest.Manifest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is removed from a repository of a real pgBackRest, and what is not. */
class PgBackRestRetentionIT {
    @Test
    void removesWhatNoOtherNeedsAndTheLogBeforeTheOldestLeft() throws Exception {
        try (PgBackRestPrimary primary = PgBackRestPrimary.start()) {
            PgBackRest repository = primary.repository();
            Manifest full = primary.take("20261101T020000Z-nightly", BackupType.FULL);
            Manifest incr = primary.take("20261102T020000Z-nightly", BackupType.INCR);
            assertThatThrownBy(() -> repository.remove(full))
                    .isInstanceOfSatisfying(
                            BackupException.class, e -> assertThat(e.kind()).isEqualTo(Kind.PRECONDITION))
                    .hasMessageContaining("another backup is based on it");
            repository.remove(incr);
            assertThatThrownBy(() -> repository.remove(full)).hasMessageContaining("the last full one there is");
            Manifest next = primary.take("20261108T020000Z-nightly", BackupType.FULL);

            repository.remove(full);
            repository.remove(full);

            assertThat(repository.look().sets())
                    .extracting(BackupSet::label)
                    .containsExactly(next.source().get("label"));
            assertThat(archived(primary))
                    .isNotEmpty()
                    .allSatisfy(segment -> assertThat(segment).isGreaterThanOrEqualTo(oldestNeeded(next)));
            assertThat(repository.verify(next, () -> {})).contains("segments of the log compared");
        }
    }

    /** Name of the segment in which a backup begins; those of these tests are of 1 MiB. */
    private static String oldestNeeded(Manifest backup) {
        long position = Long.parseLong(backup.source().get("lsn").substring(2), 16);
        return "0000000100000000" + String.format("%08X", position >> 20);
    }

    private static List<String> archived(PgBackRestPrimary primary) throws Exception {
        try (Stream<Path> files = Files.walk(primary.stored("archive/orders/15-1"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.matches("[0-9A-F]{24}-[0-9a-f]{40}.*"))
                    .map(name -> name.substring(0, 24))
                    .toList();
        }
    }
}
