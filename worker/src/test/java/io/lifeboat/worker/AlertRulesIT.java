package io.lifeboat.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The alert rules, as Prometheus itself understands them. */
@Execution(ExecutionMode.CONCURRENT)
class AlertRulesIT {
    private record Output(int code, String text) {}

    @BeforeAll
    static void needsPromtool() throws InterruptedException {
        assumeTrue(
                run("--version").code() == 0,
                "promtool is not here (apt-get install prometheus): the alert rules are not run");
    }

    @Test
    void prometheusTakesTheRules() throws InterruptedException {
        Output output = run("check", "rules", AlertRules.FILE.toString());

        assertThat(output.code()).as(output.text()).isZero();
    }

    @ParameterizedTest
    @MethodSource
    void alertsFireWhenTheyShouldAndOnlyThen(String tests) throws InterruptedException {
        Output output = run("test", "rules", tests);

        assertThat(output.code()).as(output.text()).isZero();
        assertThat(output.text()).contains("SUCCESS");
    }

    static Stream<String> alertsFireWhenTheyShouldAndOnlyThen() {
        return AlertRules.TESTS.stream().map(Path::toString);
    }

    private static Output run(String... arguments) throws InterruptedException {
        try {
            Path said = Files.createTempFile("promtool", ".txt");
            Process process = new ProcessBuilder(Stream.concat(Stream.of("promtool"), Stream.of(arguments))
                            .toList())
                    .redirectErrorStream(true)
                    .redirectOutput(said.toFile())
                    .start();
            if (!process.waitFor(3, TimeUnit.MINUTES)) {
                process.destroyForcibly();
            }
            Output output = new Output(process.waitFor(), Files.readString(said));
            Files.delete(said);
            return output;
        } catch (IOException absent) {
            return new Output(127, String.valueOf(absent.getMessage()));
        }
    }
}
