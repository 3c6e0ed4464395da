package io.lifeboat.lab.objectstore;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The commands of docs/restore-by-hand.md. */
final class RestorePage {
    private static final Path PAGE = Path.of("../docs/restore-by-hand.md");
    /** Begins each of the blocks of which the reader takes one. */
    private static final String CHOICE = "unseal() {";

    /** With what to open; the words are in that block alone. */
    enum Opener {
        AGE("age -d"),
        KMS("aws-encryption-cli"),
        ESCROW("unseal.py");

        private final String words;

        Opener(String words) {
            this.words = words;
        }
    }

    private final List<String> blocks;

    RestorePage() throws IOException {
        blocks = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(PAGE))
                .results()
                .map(block -> block.group(1))
                .toList();
        assertThat(blocks.getFirst()).contains("export BUCKET_URL");
        assertThat(blocks.stream().filter(block -> block.contains(CHOICE))).hasSize(Opener.values().length);
    }

    /** What the first block asks the reader to say. */
    List<String> exported() {
        return Pattern.compile("\\b([A-Z_]+)=")
                .matcher(blocks.getFirst())
                .results()
                .map(name -> name.group(1))
                .toList();
    }

    /**
     * Runs every block but the first, which says where things are, and those of the other openers.
     *
     * @return what it printed, and its exit code as the last line
     */
    String run(Opener opener, Path work, Map<String, String> environment) throws IOException, InterruptedException {
        assertThat(environment.keySet()).containsAll(exported());
        String script = blocks.stream()
                .skip(1)
                .filter(block -> !block.contains(CHOICE) || block.contains(opener.words))
                .collect(Collectors.joining("\n", "set -euo pipefail\n", ""));
        ProcessBuilder builder = new ProcessBuilder("bash", "-c", script)
                .directory(work.toFile())
                .redirectErrorStream(true)
                .redirectOutput(work.resolve("said").toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        return Files.readString(work.resolve("said")) + "exit code " + process.exitValue();
    }
}
