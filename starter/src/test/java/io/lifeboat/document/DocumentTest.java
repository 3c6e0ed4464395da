package io.lifeboat.document;

import static org.assertj.core.api.Assertions.assertThat;

import io.lifeboat.runbook.BackupPolicy;
import io.lifeboat.runbook.RunbookDocument;
import io.lifeboat.runbook.RunbookReader;
import io.lifeboat.runbook.Schedule;
import io.lifeboat.runbook.lint.Lint;
import io.lifeboat.workflow.TaskQueues;
import io.lifeboat.workflow.WireFormat;
import io.lifeboat.workflow.failover.FailoverRequest;
import io.lifeboat.workflow.failover.RegionFailoverWorkflow;
import io.lifeboat.workflow.run.CommandedRun;
import io.temporal.workflow.UpdateMethod;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DocumentTest {
    private static final String HELP = "starter/src/test/resources/io/lifeboat/starter/help.txt";

    /** HelpTest holds the golden file against what the command prints. */
    @Test
    void readmeShowsTheHelpThatTheCommandPrints() {
        String golden = Repository.text(HELP);
        String help = golden.substring(0, golden.indexOf("\n--- "));

        List<String> block = Repository.matches("(?s)<!-- help -->\n```text\n(.*?)```\n", Repository.text("README.md"));

        assertThat(block).as("copy it from %s", HELP).containsExactly(help);
    }

    @Test
    void readmeNamesTheQueueTheTypeAndTheUpdatesAsTemporalKnowsThem() throws IOException {
        String section = Repository.text("README.md")
                .split("### From the Temporal UI\n", -1)[1]
                .split("\n##", -1)[0];

        String input = Repository.matches("(?s)```json\n(.*?)```", section).getFirst();

        assertThat(section).contains("`" + TaskQueues.CONTROL + "`", "`" + RegionFailoverWorkflow.TYPE + "`");
        assertThat(WireFormat.mapper().readValue(input, FailoverRequest.class).service())
                .contains("orders");
        assertThat(Arrays.stream(CommandedRun.class.getMethods())
                        .filter(method -> method.isAnnotationPresent(UpdateMethod.class))
                        .map(Method::getName))
                .isNotEmpty()
                .allSatisfy(update -> assertThat(section).contains("`" + update + "`"));
    }

    @Test
    void linksLeadToFilesThatExist() {
        List<String> broken = new ArrayList<>();
        List<Path> documents = Repository.files(".md");

        for (Path document : documents) {
            for (String target : Repository.matches("\\]\\(([^)#\\s]+)[^)]*\\)", Repository.text(document))) {
                if (!target.startsWith("https://") && !Files.exists(document.resolveSibling(target))) {
                    broken.add(Repository.ROOT.relativize(document) + " -> " + target);
                }
            }
        }

        assertThat(broken).isEmpty();
        assertThat(documents).hasSizeGreaterThan(10);
    }

    @Test
    void architectureNamesEachFileByItsPath() {
        String table = Repository.text("docs/architecture.md").split("\\| Concept \\| File \\|", -1)[1];

        List<String> rows = table.strip().lines().skip(1).toList();

        assertThat(rows).hasSizeGreaterThan(20).allSatisfy(row -> {
            Matcher matcher =
                    Pattern.compile("\\| .+ \\| \\[(.+)]\\(\\.\\./(.+)\\) \\|").matcher(row);
            assertThat(matcher.matches()).as(row).isTrue();
            assertThat(matcher.group(1)).isEqualTo(matcher.group(2));
            assertThat(Repository.path(matcher.group(1))).isRegularFile();
        });
    }

    /** A test may be named as `Class.method` or as `Class`; both must be there. */
    @Test
    void namedTestsExist() {
        List<Path> tests = Repository.files("Test.java", "IT.java", "Contract.java", "E2E.java");
        List<String> missing = new ArrayList<>();
        int seen = 0;

        for (Path document : Repository.files(".md")) {
            Matcher named = Pattern.compile("`(\\w{3,}(?:Test|IT|Contract|E2E))(?:\\.(\\w+))?`")
                    .matcher(Repository.text(document));
            while (named.find()) {
                if (isProcedure(named.group(1))) {
                    continue;
                }
                seen++;
                if (tests.stream().noneMatch(test -> holds(test, named.group(1), named.group(2)))) {
                    missing.add(Repository.ROOT.relativize(document) + ": " + named.group());
                }
            }
        }

        assertThat(missing).isEmpty();
        assertThat(seen).isGreaterThan(20);
    }

    /** PitrTest is one that runs in production. */
    private static boolean isProcedure(String name) {
        return Stream.of(Schedule.Procedure.values())
                .anyMatch(procedure -> procedure.workflowType().equals(name));
    }

    private static boolean holds(Path test, String type, @Nullable String method) {
        return test.getFileName().toString().equals(type + ".java")
                && (method == null || Repository.text(test).contains("void " + method + "("));
    }

    @Test
    void decisionsHaveAStatusADateAndEverySection() {
        List<Path> decisions = Repository.files(".md").stream()
                .filter(file -> file.getParent().endsWith("decisions"))
                .toList();

        assertThat(decisions).isNotEmpty().allSatisfy(decision -> {
            assertThat(decision.getFileName().toString()).matches("\\d{4}-[a-z0-9-]+\\.md");
            assertThat(Repository.text(decision))
                    .startsWith("# " + decision.getFileName().toString().substring(0, 4) + " ")
                    .containsPattern("\nStatus: \\w+ · \\d{4}-\\d{2}-\\d{2}\n")
                    .contains("\n## Context\n", "\n## Decision\n", "\n## Consequences\n", "\n## Alternatives\n");
        });
    }

    /** In the place of those in the catalog's runbook. */
    @Test
    void policiesOfThePageAreReadAndFoundSound() {
        String policies = Repository.matches("(?s)```yaml\n(.*?)```", Repository.text("docs/backup-policies.md"))
                .getFirst();
        String orders = Repository.text("runbooks/catalog/orders.yaml");
        String text = orders.substring(0, orders.indexOf("    backups:\n"))
                + policies
                + orders.substring(orders.indexOf("\nworkloads:"));

        RunbookDocument document =
                new RunbookReader().parse(Path.of("orders.yaml"), text.getBytes(StandardCharsets.UTF_8));

        assertThat(document.runbook().datastores().getFirst().backups())
                .extracting(policy -> policy.method())
                .contains(BackupPolicy.Method.values());
        assertThat(Lint.findings(document)).isEmpty();
    }

    @Test
    void noFileNamesAMachinesFoldersOrARegistrysHost() {
        // Put together here, so that this file may be read as well.
        List<String> words = List.of(
                "/" + "work/",
                "/" + "root/",
                "/" + "home/",
                "repo." + "maven",
                "repo1." + "maven",
                "pypi" + ".org",
                "python" + "hosted",
                "proxy." + "golang",
                "npm" + "js",
                "docker" + ".io",
                "ghcr" + ".io",
                "quay" + ".io");
        List<String> found = new ArrayList<>();

        for (Path file :
                Repository.files(".md", ".yaml", ".yml", ".java", ".xml", ".sh", ".sql", ".lock", "Dockerfile")) {
            String text = Repository.text(file);
            words.stream()
                    .filter(text::contains)
                    .forEach(word -> found.add(Repository.ROOT.relativize(file) + " holds " + word));
        }

        assertThat(found).isEmpty();
    }
}
