package io.lifeboat.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The words of every kind of problem. Each block of {@code problems.golden} changes one place of the catalog's runbook
 * ({@code -} from, {@code +} to) and says which problems that must give; {@code -Drecreate=true} writes the file anew.
 */
class ProblemWordsTest {
    private static final Path GOLDEN = Path.of("src/test/resources/problems.golden");

    record Change(String from, String to, List<String> problems) {
        static Change of(String block) {
            List<String> lines = Arrays.asList(block.split("\n"));
            return new Change(
                    unescaped(lines.get(0).substring(2)),
                    unescaped(lines.get(1).substring(2)),
                    lines.subList(2, lines.size()));
        }

        List<String> seen() {
            return Runbooks.problems(Runbooks.ordersWith(from, to));
        }

        @Override
        public String toString() {
            List<String> lines = new ArrayList<>(List.of("- " + escaped(from), "+ " + escaped(to)));
            lines.addAll(seen());
            return String.join("\n", lines);
        }

        private static String unescaped(String text) {
            return text.replace("\\n", "\n").replace("\\t", "\t");
        }

        private static String escaped(String text) {
            return text.replace("\n", "\\n").replace("\t", "\\t");
        }
    }

    static List<Change> changes() throws IOException {
        if (Boolean.getBoolean("recreate")) {
            List<String> blocks = blocks().stream().map(Change::toString).toList();
            Files.writeString(GOLDEN, String.join("\n\n", blocks) + "\n");
        }
        return blocks();
    }

    private static List<Change> blocks() throws IOException {
        return Arrays.stream(Files.readString(GOLDEN).strip().split("\n\n"))
                .map(Change::of)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("changes")
    void saysWhatIsWrongWhereAndWhatToDo(Change change) {
        List<String> problems = change.seen();

        assertThat(problems).isEqualTo(change.problems());
    }
}
