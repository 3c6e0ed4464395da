package io.lifeboat.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** Whatever a file holds, the reader answers with a runbook or with problems that have a place. */
@Order(1) // among the longest
class ReaderFuzzTest {
    private static final String SECRET = "hunter2";
    private static final String CHARACTERS = "\"'{}[]:,#&*!|>%@`-?~ \t\n\\0aZ\u0000\uFEFF\uD83D\u00e9";

    private final RunbookReader reader = new RunbookReader();

    @Test
    void readsOrRefusesEveryTruncation() {
        String text = Runbooks.orders();

        for (int length = 0; length < text.length(); length += 3) {
            readsOrRefuses(text.substring(0, length).getBytes(StandardCharsets.UTF_8));
        }
    }

    @Test
    void readsOrRefusesEveryMutationWithoutShowingASecret() {
        String text = Runbooks.ordersWith(
                "\"env:ORDERS_DB_US_EAST_1\"", "\"postgresql://orders:" + SECRET + "@db.example.com/orders\"");
        Random random = new Random(20261121);

        for (int i = 0; i < 1500; i++) {
            readsOrRefuses(mutated(text, random).getBytes(StandardCharsets.UTF_8));
        }
    }

    @Test
    void readsOrRefusesRandomBytes() {
        Random random = new Random(7);

        for (int i = 0; i < 500; i++) {
            byte[] bytes = new byte[random.nextInt(200)];
            random.nextBytes(bytes);
            readsOrRefuses(bytes);
        }
    }

    @Test
    void refusesDeepNestingAndHugeNumbers() {
        assertThat(readsOrRefuses("[".repeat(100_000).getBytes(StandardCharsets.UTF_8)))
                .isFalse();
        assertThat(readsOrRefuses(("a:\n" + " - [").repeat(500).getBytes(StandardCharsets.UTF_8)))
                .isFalse();
        assertThat(readsOrRefuses("%YAML 99999999999999.1\n---\na: 1".getBytes(StandardCharsets.UTF_8)))
                .isFalse();
        assertThat(readsOrRefuses(Runbooks.ordersWith("replicas: 3", "replicas: 99999999999999999999")
                        .getBytes(StandardCharsets.UTF_8)))
                .isFalse();
        assertThat(readsOrRefuses(Runbooks.ordersWith("rto: 15m", "rto: 99999999999999999999h")
                        .getBytes(StandardCharsets.UTF_8)))
                .isFalse();
    }

    @Test
    void refusesEveryBrokenValueOfABackupPolicy() {
        List<String> values = List.of(
                "soon",
                "''",
                "~",
                "-1",
                "30",
                "1.5d",
                "30d30d",
                "0s",
                "99999999999d",
                "\"30d\\n\"",
                "[30d]",
                "{ d: 30 }");
        List<String> places = List.of("every: 24h", "for: 30d", "minSize: 1kB", "daily: 7", "mode: governance");
        for (String place : places) {
            for (String value : values) {
                String broken = place.substring(0, place.indexOf(':')) + ": " + value;
                String text = Runbooks.ordersWith(place, broken);

                assertThat(readsOrRefuses(text.getBytes(StandardCharsets.UTF_8)))
                        .as(broken)
                        .isEqualTo(broken.equals("daily: 30"));
            }
        }
        for (String value : values) {
            String text = Runbooks.ordersWith("minSize: 1kB", "minSize: 1kB\n        holdFor: " + value)
                    .replace("for: 30d", "for: 500d");

            assertThat(readsOrRefuses(text.getBytes(StandardCharsets.UTF_8)))
                    .as(value)
                    .isFalse();
        }
    }

    private boolean readsOrRefuses(byte[] content) {
        int lines = (int) new String(content, StandardCharsets.UTF_8).lines().count() + 1;
        try {
            reader.parse(Path.of("r.yaml"), content);
            return true;
        } catch (InvalidRunbookException e) {
            assertThat(e.problems()).isNotEmpty().allSatisfy(problem -> {
                assertThat(problem.line()).isBetween(0, lines);
                assertThat(problem.toString()).doesNotContain(SECRET).doesNotContain("\n");
            });
            return false;
        }
    }

    private static String mutated(String text, Random random) {
        int at = random.nextInt(text.length());
        return switch (random.nextInt(6)) {
            case 0 -> text.substring(0, at) + text.substring(Math.min(text.length(), at + 1 + random.nextInt(8)));
            case 1 ->
                text.substring(0, at) + CHARACTERS.charAt(random.nextInt(CHARACTERS.length())) + text.substring(at);
            case 2 ->
                text.substring(0, at) + CHARACTERS.charAt(random.nextInt(CHARACTERS.length())) + text.substring(at + 1);
            case 3 -> withLines(text, random, true);
            case 4 -> withLines(text, random, false);
            default -> text.substring(0, at) + text.substring(random.nextInt(text.length()));
        };
    }

    /** Moves a line somewhere else, or writes it twice. */
    private static String withLines(String text, Random random, boolean move) {
        List<String> lines = new ArrayList<>(text.lines().toList());
        int from = random.nextInt(lines.size());
        String line = move ? lines.remove(from) : lines.get(from);
        lines.add(random.nextInt(lines.size()), line);
        return String.join("\n", lines);
    }
}
