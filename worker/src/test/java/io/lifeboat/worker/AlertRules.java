package io.lifeboat.worker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The files of {@code deploy/prometheus} and the document they point to. */
final class AlertRules {
    static final Path FOLDER = Path.of("..", "deploy", "prometheus");
    static final Path FILE = FOLDER.resolve("lifeboat-rules.yaml");
    static final List<Path> TESTS =
            List.of(FOLDER.resolve("lifeboat-rules.test.yaml"), FOLDER.resolve("lifeboat-rules-weeks.test.yaml"));
    static final Path DOCUMENT = Path.of("..", "docs", "metrics.md");

    private AlertRules() {}

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The rules that alert, in their order. */
    @SuppressWarnings("unchecked") // a rule file is maps of maps
    static List<Map<String, Object>> alerts() {
        Map<String, List<Map<String, Object>>> file =
                new Yaml(new SafeConstructor(new LoaderOptions())).load(text(FILE));
        return file.get("groups").stream()
                .flatMap(group -> ((List<Map<String, Object>>) group.get("rules")).stream())
                .filter(rule -> rule.containsKey("alert"))
                .toList();
    }

    /** The first groups of all matches. */
    static Stream<String> matches(String pattern, String text) {
        return Pattern.compile(pattern).matcher(text).results().map(match -> match.group(1));
    }
}
