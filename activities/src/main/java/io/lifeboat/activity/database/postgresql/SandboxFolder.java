package io.lifeboat.activity.database.postgresql;

import io.lifeboat.activity.backup.BackupException;
import io.lifeboat.activity.backup.BackupException.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/**
 * The folder of one sandbox: all its files, and the working folder of all its processes, so that what belongs to it can be told
 * by the folder alone. A marker in it, written first and removed last, says that it may be deleted.
 */
record SandboxFolder(Path path) {
    private static final String MARKER = "lifeboat-sandbox";

    /** Makes it; only its owner can look into it. */
    static SandboxFolder create(Path wanted, ServerUser user) throws IOException {
        if (!isEmpty(wanted)) {
            throw new BackupException(
                    Kind.PRECONDITION,
                    "Cannot make a sandbox in \"" + wanted
                            + "\": something else is there. Name a new or empty folder.");
        }
        Files.createDirectories(wanted);
        Files.setPosixFilePermissions(wanted, PosixFilePermissions.fromString("rwx------"));
        SandboxFolder folder = new SandboxFolder(wanted.toRealPath());
        folder.write(MARKER, "A throw-away copy of a database, made by Lifeboat. It may be deleted.\n", user);
        user.own(folder.path);
        return folder;
    }

    /** Whether a sandbox, or the beginning of one, is there. */
    static boolean isSandbox(Path path) {
        return Files.exists(path.resolve(MARKER));
    }

    static boolean isEmpty(Path path) throws IOException {
        try (DirectoryStream<Path> inside = Files.newDirectoryStream(path)) {
            return !inside.iterator().hasNext();
        } catch (NoSuchFileException e) {
            return true;
        }
    }

    Path data() {
        return path.resolve("data");
    }

    /** What the server said. */
    Path log() {
        return path.resolve("server.log");
    }

    /** What a program said that ran in it. */
    Path log(String program) {
        return path.resolve(program + ".log");
    }

    /** Makes a folder in it. */
    Path folder(String name, ServerUser user) throws IOException {
        Path made = Files.createDirectory(
                path.resolve(name), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        user.own(made);
        return made;
    }

    /** Writes a file in it that only the server's user can read, in the place of one that is there. */
    void write(String name, String text, ServerUser user) throws IOException {
        Path file = path.resolve(name);
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, text, StandardCharsets.UTF_8);
        user.own(file);
    }

    /** Deletes everything, the marker last, so that a deletion that is cut off can be done again. */
    void delete() throws IOException {
        delete(path);
        Files.deleteIfExists(path.resolve(MARKER));
        Files.deleteIfExists(path);
    }

    /** Deletes what is in a folder, this one or one in it, and that one too; the marker stays. */
    void delete(Path inside) throws IOException {
        Path marker = path.resolve(MARKER);
        Files.walkFileTree(inside, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (!file.equals(marker)) {
                    Files.deleteIfExists(file);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                if (failure instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw failure;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure) throws IOException {
                if (failure != null) {
                    throw failure;
                }
                if (!folder.equals(path)) {
                    Files.deleteIfExists(folder);
                }
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
