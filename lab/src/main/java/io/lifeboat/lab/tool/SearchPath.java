package io.lifeboat.lab.tool;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;

/** The folders that {@code PATH} names. */
public final class SearchPath {

    private final String folders;

    public SearchPath(Map<String, String> environment) {
        this.folders = environment.getOrDefault("PATH", "");
    }

    /** Every program of that name, the one a shell would take first. */
    public Stream<Path> find(String program) {
        return Arrays.stream(folders.split(":"))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, program))
                .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file));
    }
}
