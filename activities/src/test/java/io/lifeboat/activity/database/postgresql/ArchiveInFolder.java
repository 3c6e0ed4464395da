package io.lifeboat.activity.database.postgresql;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** Finished segments in a folder, as {@code pg_receivewal} leaves them. */
record ArchiveInFolder(Path folder) implements WalSource {
    @Override
    public boolean fetch(String fileName, Path to) throws IOException {
        Path held = folder.resolve(fileName);
        if (!Files.exists(held)) {
            return false;
        }
        Files.copy(held, to);
        return true;
    }

    @Override
    public Optional<String> newestSegment(long timeline) throws IOException {
        try (Stream<Path> held = Files.list(folder)) {
            return held.map(file -> file.getFileName().toString())
                    .filter(name -> name.matches("[0-9A-F]{24}"))
                    .filter(name -> Long.parseLong(name, 0, 8, 16) == timeline)
                    .max(Comparator.naturalOrder());
        }
    }

    /** A copy to spoil. */
    ArchiveInFolder copyTo(Path other) throws IOException {
        try (Stream<Path> held = Files.list(folder)) {
            for (Path file : held.toList()) {
                Files.copy(file, other.resolve(file.getFileName()));
            }
        }
        return new ArchiveInFolder(other);
    }
}
