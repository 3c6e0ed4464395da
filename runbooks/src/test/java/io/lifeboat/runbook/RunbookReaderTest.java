package io.lifeboat.runbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunbookReaderTest {

    @Test
    void showsEightProblemsForEightMistakes() {
        assertThatThrownBy(() -> new RunbookReader().read(Path.of("src/test/resources/eight-mistakes.yaml")))
                .isInstanceOfSatisfying(
                        InvalidRunbookException.class,
                        e -> assertThat(e.problems())
                                .extracting(Problem::line, Problem::message)
                                .containsExactly(
                                        tuple(6, "unknown key \"ownr\""),
                                        tuple(13, "\"objectives.rto\" is 60 without a unit"),
                                        tuple(22, "\"datastores[0].kind\" is \"postgres\", which is not known here"),
                                        tuple(
                                                25,
                                                "\"datastores[0].instances[0].connection\" holds what looks like a URI with a"
                                                        + " password (not shown)"),
                                        tuple(26, "the runbook has no region \"us-west-1\""),
                                        tuple(29, "\"workloads[0].replicas\" is \"three\" but must be a whole number"),
                                        tuple(40, "\"watch\" is written twice, first in line 39"),
                                        tuple(57, "the runbook has no datastore \"order-db\"")));
    }

    @Test
    void printsOneBulletForEachProblem() {
        assertThatThrownBy(() -> Runbooks.read("service: 1\n"))
                .isInstanceOf(InvalidRunbookException.class)
                .hasMessageStartingWith("the runbook has 13 problems:\n- r.yaml:1:1: ");
    }

    @Test
    void tellsTheDigestOfTheFile(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("orders.yaml"), Runbooks.orders());
        byte[] digest =
                MessageDigest.getInstance("SHA-256").digest(Runbooks.orders().getBytes(StandardCharsets.UTF_8));

        RunbookFile read = new RunbookReader().read(file).file();

        assertThat(read.path()).isEqualTo(file);
        assertThat(read.sha256()).isEqualTo(HexFormat.of().formatHex(digest));
    }

    @Test
    void takesScalarsAsTheyAreWrittenWhereTextIsExpected() {
        for (String word : new String[] {"on", "no", "f", "1_000", "0x1F", "2026-11-21", "12:30:45", "1e3", "010"}) {
            Runbook runbook = Runbooks.read(Runbooks.ordersWith("expect: \"f\"", "expect: " + word))
                    .runbook();

            assertThat(((SmokeTest.Sql) runbook.smokeTests().get(2)).expect()).isEqualTo(word);
        }
    }

    @Test
    void findsTheKeyOfEveryValue() {
        String text = Runbooks.orders();

        Positions positions = Runbooks.read(text).positions();

        assertThat(positions.of("traffic.ttl")).isEqualTo(new Position(Runbooks.line(text, "  ttl:"), 3));
        assertThat(positions.of("fence[2].agents[1].url").line()).isEqualTo(Runbooks.line(text, "FENCE_AGENT_US_WEST"));
        assertThat(positions.of("datastores[0].backup.every"))
                .isEqualTo(positions.of("datastores[0]"))
                .isEqualTo(new Position(Runbooks.line(text, "- name: orders-db"), 5));
    }

    @Test
    void saysWhyAFileCannotBeRead(@TempDir Path folder) throws Exception {
        Path latin =
                Files.write(folder.resolve("latin.yaml"), "owner: M\u00fcller".getBytes(StandardCharsets.ISO_8859_1));
        Path huge = Files.writeString(folder.resolve("huge.yaml"), "#".repeat(1 << 21));
        Path missing = folder.resolve("missing.yaml");

        assertThat(problem(missing)).isEqualTo("cannot read it: there is no such file. Check the path.");
        assertThat(problem(folder)).isEqualTo("cannot read it: it is a folder. Name a file in it.");
        assertThat(problem(latin)).isEqualTo("it is not UTF-8 text. Save it as UTF-8.");
        assertThat(problem(huge)).isEqualTo("cannot read it: it is larger than 1 MiB. A runbook has a few kilobytes.");
    }

    @Test
    void readsAFileThatStartsWithAByteOrderMark() {
        assertThat(Runbooks.problems("\uFEFF" + Runbooks.orders())).isEmpty();
    }

    @Test
    void readsAFileWithWindowsLineEnds() {
        assertThat(Runbooks.problems(Runbooks.orders().replace("\n", "\r\n"))).isEmpty();
    }

    private static String problem(Path file) {
        try {
            new RunbookReader().read(file);
            return "";
        } catch (InvalidRunbookException e) {
            assertThat(e.problems()).hasSize(1);
            String printed = e.problems().getFirst().toString();
            return printed.substring(file.toString().length() + 2);
        }
    }
}
