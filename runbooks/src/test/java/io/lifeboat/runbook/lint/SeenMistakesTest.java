package io.lifeboat.runbook.lint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Mistakes that were seen in real recovery plans. Each file marks the line of a finding with the rule that must find it. */
class SeenMistakesTest {
    private static final Path FOLDER = Path.of("src/test/resources/mistakes");

    static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void findsEachMistakeInItsLineAndNothingElse(Path file) throws IOException {
        List<String> expected = new ArrayList<>();
        List<String> lines = Files.readAllLines(file);
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).contains("# <- ")) {
                expected.add((i + 1) + " " + lines.get(i).split("# <- ")[1]);
            }
        }

        LintReport report = Lint.run(file);

        assertThat(report.problems()).isEmpty();
        assertThat(expected).isNotEmpty();
        assertThat(report.findings()).extracting(f -> f.line() + " " + f.rule()).containsExactlyElementsOf(expected);
        assertThat(report.hasErrors()).isTrue();
    }
}
