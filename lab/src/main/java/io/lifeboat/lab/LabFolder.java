package io.lifeboat.lab;

import io.lifeboat.lab.tool.Folders;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Everything a lab writes lies in its folder, at a place that follows from its name. */
public record LabFolder(String name, Path path) {

    public static final String DEFAULT_NAME = "default";
    public static final String OUTSIDE = "outside";

    private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9-]{0,28}[a-z0-9])?");

    /** The folder of the lab of that name: below {@code LIFEBOAT_LAB_HOME}, or below a folder of this user's own. */
    public static LabFolder of(String name) {
        if (!NAME.matcher(name).matches()) {
            throw LabException.usage("Cannot name a lab \"" + name
                    + "\": a name has up to 30 small letters, digits and inner hyphens, like \"lab-2\".");
        }
        String chosen = System.getenv().getOrDefault("LIFEBOAT_LAB_HOME", "");
        Path home = chosen.isEmpty() ? usualHome() : Path.of(chosen);
        return new LabFolder(name, home.toAbsolutePath().normalize().resolve(name));
    }

    public Path state() {
        return path.resolve("lab.json");
    }

    public Path log(String process) {
        return path.resolve("logs").resolve(process + ".log");
    }

    public Path runbooks() {
        return path.resolve("runbooks");
    }

    public Path reports() {
        return path.resolve("reports");
    }

    /** The folder of a region, or of what lies outside both. */
    public Path place(String place) {
        return path.resolve(place);
    }

    /** Whether the fence agent of a region keeps it off. */
    public boolean isPoweredOff(String region) {
        return Files.exists(path.resolve(region + ".off"));
    }

    /** Written last by {@code up}: where it is missing, the lab never came up whole. */
    Path parts() {
        return path.resolve("parts.json");
    }

    Path lock() {
        return path.resolve("up.lock");
    }

    void create() {
        try {
            Path home = home();
            if (!Files.exists(home)) {
                Files.createDirectories(home);
                Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwx--x--x"));
            }
            // The usual place lies in a folder where anyone may create names: nobody else's folder is used.
            if (!Files.isDirectory(home, LinkOption.NOFOLLOW_LINKS)
                    || !Files.getAttribute(home, "unix:uid").equals(userId())) {
                throw LabException.precondition("Cannot create a lab below " + home
                        + ": that folder belongs to someone else. Set LIFEBOAT_LAB_HOME to a folder of your own.");
            }
            Files.createDirectories(path);
            // Enterable by all, because PostgreSQL may run as another user; secrets have their own permissions.
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx--x--x"));
        } catch (IOException e) {
            throw LabException.precondition(
                    "Cannot create the lab's folder " + path + ": " + e
                            + ". Set LIFEBOAT_LAB_HOME to a folder you may write to.",
                    e);
        }
    }

    /** Makes a folder below the lab's that everyone may enter. */
    Path createFolder(Path folder) {
        try {
            Files.createDirectories(folder);
            for (Path made = folder; !made.equals(path); made = made.resolveSibling("")) {
                Files.setPosixFilePermissions(made, PosixFilePermissions.fromString("rwx--x--x"));
            }
            return folder;
        } catch (IOException e) {
            throw LabException.failed("Cannot create " + folder + ": " + e.getMessage(), e);
        }
    }

    /** The regions' folders and the outside's, as far as they exist. */
    List<Path> places() {
        return entries().stream().filter(Files::isDirectory).toList();
    }

    /** Removes everything but the lock; says whether there was anything. */
    boolean clear() {
        List<Path> remains =
                entries().stream().filter(entry -> !entry.equals(lock())).toList();
        remains.forEach(Folders::remove);
        return !remains.isEmpty();
    }

    void remove() {
        Folders.remove(path);
        if (!home().equals(usualHome())) {
            return;
        }
        try {
            Files.deleteIfExists(home());
        } catch (DirectoryNotEmptyException otherLabs) {
            // They keep it.
        } catch (IOException e) {
            throw LabException.failed("Cannot remove " + home() + ": " + e.getMessage(), e);
        }
    }

    private List<Path> entries() {
        if (!Files.isDirectory(path)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(path)) {
            return entries.toList();
        } catch (IOException e) {
            throw LabException.failed("Cannot read " + path + ": " + e.getMessage(), e);
        }
    }

    private static Path usualHome() {
        return Path.of("/var/tmp/lifeboat-" + userId());
    }

    private Path home() {
        return path.resolveSibling("");
    }

    private static Object userId() {
        try {
            return Files.getAttribute(Path.of("/proc/self"), "unix:uid");
        } catch (IOException e) {
            throw LabException.failed("Cannot find out who runs this: " + e.getMessage(), e);
        }
    }
}
