package io.lifeboat.starter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class HelpTest {
    private static final Path GOLDEN = Path.of("src/test/resources/io/lifeboat/starter/help.txt");

    @Test
    void isWhatTheGoldenFileSays() throws IOException {
        StringBuilder help = new StringBuilder(help());
        CommandLine.Model.CommandSpec.forAnnotatedObject(new LifeboatCommand(), NO_SUBCOMMANDS)
                .subcommands()
                .forEach((verb, command) -> {
                    help.append("\n--- ").append(verb).append("\n").append(help(verb));
                    for (String word : command.getSubcommands().keySet()) {
                        help.append("\n--- ")
                                .append(verb)
                                .append(" ")
                                .append(word)
                                .append("\n");
                        help.append(help(verb, word));
                    }
                });
        if (Boolean.getBoolean("recreate")) {
            Files.createDirectories(GOLDEN.getParent());
            Files.writeString(GOLDEN, help);
        }

        assertThat(help.toString())
                .as("if the change is meant, run the test again with -Drecreate=true")
                .isEqualTo(Files.readString(GOLDEN));
    }

    @Test
    void listsEveryExitCode() {
        assertThat(Arrays.stream(ExitCode.values()))
                .allSatisfy(code -> assertThat(help()).contains(code.number() + "  " + code.meaning()));
    }

    private static final CommandLine.IFactory NO_SUBCOMMANDS = new CommandLine.IFactory() {
        @Override
        public <K> K create(Class<K> type) throws Exception {
            return type.getDeclaredConstructors().length > 0
                            && type.getDeclaredConstructors()[0].getParameterCount() == 1
                    ? type.cast(type.getDeclaredConstructors()[0].newInstance((Object) null))
                    : CommandLine.defaultFactory().create(type);
        }
    };

    private static String help(String... verb) {
        String[] args = Arrays.copyOf(verb, verb.length + 1);
        args[verb.length] = "--help";
        Commands.Result result = Commands.run(new ConfiguredTemporal(), "", false, args);
        assertThat(result.code()).isZero();
        return result.out();
    }
}
