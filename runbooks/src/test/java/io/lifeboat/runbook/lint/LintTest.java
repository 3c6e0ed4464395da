package io.lifeboat.runbook.lint;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.lifeboat.runbook.Json;
import io.lifeboat.runbook.Problem;
import io.lifeboat.runbook.Runbooks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LintTest {

    @TempDir
    private Path folder;

    @Test
    void judgesEveryFileOfAFolder() throws IOException {
        write("a.yaml", Runbooks.orders());
        write(
                "b.yaml",
                Runbooks.replace(Runbooks.ordersWith("service: orders", "service: b"), "weight: 0", "weight: 9"));
        write("c.yml", "service: [");
        write("notes.txt", "not a runbook");

        LintReport report = Lint.run(folder);

        assertThat(report.files())
                .extracting(file -> Path.of(file).getFileName().toString())
                .containsExactly("a.yaml", "b.yaml", "c.yml");
        assertThat(report.findings()).extracting(Finding::rule).containsExactly("two-active-regions");
        assertThat(report.findings())
                .extracting(Finding::file)
                .containsExactly(folder.resolve("b.yaml").toString());
        assertThat(report.problems())
                .extracting(Problem::file)
                .containsExactly(folder.resolve("c.yml").toString());
        assertThat(report.hasErrors()).isTrue();
    }

    @Test
    void hasNoErrorsWhereThereAreOnlyWarnings() throws IOException {
        String text = Runbooks.orders();
        write(
                "a.yaml",
                text.substring(0, text.indexOf("  - driver: power")) + "\n"
                        + text.substring(text.indexOf("smokeTests:")));

        LintReport report = Lint.run(folder);

        assertThat(report.findings()).extracting(Finding::severity).containsExactly(Severity.WARNING);
        assertThat(report.hasErrors()).isFalse();
    }

    @Test
    void saysThatThereIsNothingToRead() {
        Path missing = folder.resolve("missing.yaml");

        assertThat(Lint.run(missing).problems())
                .containsExactly(new Problem(
                        missing.toString(),
                        0,
                        0,
                        "there is no such file or folder",
                        "Name a runbook or the folder of a catalog."));
        assertThat(Lint.run(folder).problems())
                .extracting(Problem::message)
                .containsExactly("there is no .yaml file in this folder");
        assertThat(Lint.run(folder).hasErrors()).isTrue();
    }

    @Test
    void writesAJsonFormWithAVersion() throws IOException {
        write("a.yaml", Runbooks.ordersWith("weight: 0", "weight: 9"));
        write("b.yaml", "service: [");
        ObjectMapper mapper = Json.mapper();

        String json = mapper.writeValueAsString(Lint.run(folder)).replace(folder.toString(), "catalog");

        assertThat(mapper.readTree(json)).isEqualTo(mapper.readTree("""
                {
                  "schemaVersion": 1,
                  "files": ["catalog/a.yaml", "catalog/b.yaml"],
                  "problems": [{
                    "file": "catalog/b.yaml", "line": 1, "column": 11,
                    "message": "this is not valid YAML",
                    "hint": "Look here and in the lines above for a missing quote, colon, bracket or indentation."
                  }],
                  "findings": [{
                    "rule": "two-active-regions", "severity": "error",
                    "file": "catalog/a.yaml", "line": 52, "column": 94, "key": "traffic.endpoints[1].weight",
                    "consequence": "On an ordinary day clients are sent to us-west-2 as well, where \\"orders-db\\" accepts no writes.",
                    "advice": "Set the weight of us-west-2 to 0; a failover raises it."
                  }]
                }
                """));
    }

    @Test
    void knowsEachRuleByItsOwnName() {
        List<String> ids = Lint.rules().stream().map(LintRule::id).toList();

        assertThat(ids).doesNotHaveDuplicates().allMatch(id -> id.matches("[a-z]+(-[a-z]+)*"));
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }
}
