package io.lifeboat.starter;

import java.io.IOException;
import java.io.UncheckedIOException;
import picocli.CommandLine.Option;

/** Nothing that changes the world starts by a slip of the finger. */
final class ConfirmOptions {
    @Option(names = "--yes", description = "Do not ask for the service's name; needed where nobody can be asked.")
    private boolean yes;

    @Option(names = "--no-input", description = "Never ask anything.")
    private boolean noInput;

    /** Returns once a person has typed the name, or has said yes beforehand. */
    void require(Console console, String service, String consequence) {
        if (yes) {
            return;
        }
        if (noInput || !console.canAsk()) {
            throw new CommandException(
                    ExitCode.USAGE, consequence + " Nobody can be asked whether this is meant: add --yes to say so.");
        }
        console.err().print(consequence + "\nType the name of the service to go on: ");
        console.err().flush();
        if (!service.equals(read(console))) {
            throw new CommandException(ExitCode.USAGE, "That is not \"" + service + "\"; nothing was done.");
        }
    }

    private static String read(Console console) {
        try {
            String typed = console.in().readLine();
            return typed == null ? "" : typed.strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
