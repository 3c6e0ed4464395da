package io.lifeboat.lab.objectstore;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The commands of docs/restore-by-hand.md. */
final class RestorePage {
    private static final Path PAGE = Path.of("../docs/restore-by-hand.md");
    private static final Pattern PIECE = Pattern.compile("(?m)^## (\\d+)\\.|```sh\n((?s:.*?))```");
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

    /** What to do, by the steps that the page names for it. */
    enum Way {
        RESTORE(Set.of(2, 3, 4, 5, 6)),
        GO_BACK(Set.of(2, 3, 4, 7)),
        ONE_TABLE(Set.of(2, 3, 4, 9));

        @SuppressWarnings("ImmutableEnumChecker") // Set.of
        private final Set<Integer> steps;

        Way(Set<Integer> steps) {
            this.steps = steps;
        }
    }

    private record Block(int step, String commands) {}

    private final List<Block> blocks = new ArrayList<>();

    RestorePage() throws IOException {
        Matcher pieces = PIECE.matcher(Files.readString(PAGE));
        int step = 0;
        while (pieces.find()) {
            if (pieces.group(1) == null) {
                blocks.add(new Block(step, pieces.group(2)));
            } else {
                step = Integer.parseInt(pieces.group(1));
            }
        }
        assertThat(blocks.getFirst().commands()).contains("export BUCKET_URL");
        assertThat(blocks.stream().filter(block -> block.commands().contains(CHOICE)))
                .hasSize(Opener.values().length);
    }

    /** What the first block asks the reader to say. */
    List<String> exported() {
        return Pattern.compile("\\b([A-Z_]+)=")
                .matcher(blocks.getFirst().commands())
                .results()
                .map(name -> name.group(1))
                .toList();
    }

    /**
     * Runs every block of these steps, but those of the other openers.
     *
     * @param lowering what stands before a command so that it runs as somebody else
     * @return what it printed, and its exit code as the last line
     */
    String run(Way way, Opener opener, List<String> lowering, Path work, Map<String, String> environment)
            throws IOException, InterruptedException {
        assertThat(environment.keySet()).containsAll(exported());
        String script = blocks.stream()
                .filter(block -> way.steps.contains(block.step()))
                .map(Block::commands)
                .filter(block -> !block.contains(CHOICE) || block.contains(opener.words))
                .collect(Collectors.joining("\n", "set -euo pipefail\n", ""));
        ProcessBuilder builder = new ProcessBuilder(Stream.concat(lowering.stream(), Stream.of("bash", "-c", script))
                        .toList())
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

    String run(Opener opener, Path work, Map<String, String> environment) throws IOException, InterruptedException {
        return run(Way.RESTORE, opener, List.of(), work, environment);
    }
}
