package io.lifeboat.lab.power;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The processes whose working folder lies at or below a folder and that have no controlling terminal: a person's shell that
 * looks around in there is none of them.
 */
final class FolderProcesses implements RegionProcesses {

    private static final String DELETED = " (deleted)";

    private final Path folder;

    FolderProcesses(Path folder) {
        this.folder = real(folder);
    }

    private static Path real(Path folder) {
        try {
            return folder.toRealPath();
        } catch (IOException e) {
            return folder.toAbsolutePath().normalize();
        }
    }

    @Override
    public List<ProcessHandle> running() {
        // The handle remembers when its process began, so that a reused number is never killed for its predecessor.
        return ProcessHandle.allProcesses().filter(this::belongs).toList();
    }

    private boolean belongs(ProcessHandle process) {
        Path proc = Path.of("/proc", String.valueOf(process.pid()));
        return workingFolder(proc).filter(path -> path.startsWith(folder)).isPresent() && !hasTerminal(proc);
    }

    /** Empty for a process of someone else, and for one that has ended. */
    private static Optional<Path> workingFolder(Path proc) {
        try {
            String target = Files.readSymbolicLink(proc.resolve("cwd")).toString();
            return Optional.of(Path.of(
                    target.endsWith(DELETED) ? target.substring(0, target.length() - DELETED.length()) : target));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Field 7 of {@code stat}; the name in field 2 may hold anything, so counting starts behind its last parenthesis. */
    private static boolean hasTerminal(Path proc) {
        try {
            String stat = Files.readString(proc.resolve("stat"), ISO_8859_1);
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            return !"0".equals(fields[4]);
        } catch (IOException e) {
            return false;
        }
    }
}
