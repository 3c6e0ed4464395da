package io.lifeboat.starter;

import static org.assertj.core.api.Assertions.assertThat;

import io.lifeboat.starter.Commands.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LintCommandTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void hasNothingToSayOfTheCatalog() {
        Result result = lint("../runbooks/catalog");

        assertThat(result.code()).as(result.out()).isZero();
        assertThat(result.err()).isEqualTo("1 runbook, nothing to say.\n");
    }

    @Test
    void exitsWithSixAndNamesTheLineWhereSomethingIsWrong() throws IOException {
        Path file = Files.writeString(folder.resolve("broken.yaml"), "apiVersion: lifeboat.io/v1\nservise: orders\n");

        Result text = lint(file.toString());
        Result json = lint(file.toString(), "-o", "json");

        assertThat(text.code()).isEqualTo(6);
        assertThat(text.out()).contains(file + ":2:1: ");
        assertThat(json.code()).isEqualTo(6);
        assertThat(json.json().get("schemaVersion").asInt()).isEqualTo(1);
        assertThat(json.json().get("problems")).isNotEmpty();
    }

    @Test
    void saysThatThereIsNoSuchFile() {
        Result result = lint(folder.resolve("missing.yaml").toString());

        assertThat(result.code()).isEqualTo(6);
        assertThat(result.err()).contains("there is no such file or folder");
    }

    private static Result lint(String... args) {
        String[] all = new String[args.length + 1];
        all[0] = "lint";
        System.arraycopy(args, 0, all, 1, args.length);
        return Commands.run(new ConfiguredTemporal(), "", false, all);
    }
}
