package io.lifeboat.lab.command;

import java.io.PrintWriter;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** Data goes to standard output, progress to standard error. */
final class Output {

    private final CommandLine command;

    private Output(CommandLine command) {
        this.command = command;
    }

    /** For a command that picocli has made, which then has its specification. */
    static Output of(@Nullable CommandSpec spec) {
        return new Output(Objects.requireNonNull(spec).commandLine());
    }

    void print(String data) {
        PrintWriter out = command.getOut();
        out.println(data.stripTrailing());
        out.flush();
    }

    void progress(String line) {
        PrintWriter err = command.getErr();
        err.println(line);
        err.flush();
    }
}
