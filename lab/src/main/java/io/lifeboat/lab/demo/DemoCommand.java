package io.lifeboat.lab.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.lifeboat.lab.Lab;
import io.lifeboat.lab.LabFolder;
import io.lifeboat.lab.LabOptions;
import io.lifeboat.workflow.WireFormat;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code lifeboat demo}. */
@Command(
        name = "demo",
        description =
                "Puts a lab up, loses a region under load, recovers the service in the other one, and shows the report.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:the service was recovered within its objectives",
            "1:it was not recovered",
            "3:recovered, but something was skipped or not measured",
            "6:the lab could not be put up",
            "7:recovered, but an objective was missed"
        })
public final class DemoCommand implements Callable<Integer> {
    private static final int NOT_RECOVERED = 1;
    private static final int NOT_PROVEN = 3;
    private static final int MISSED = 7;
    private static final int STANDARD_OUTPUT = 1;
    private static final int STANDARD_ERROR = 2;

    @Option(names = "--keep", description = "Leaves the lab running afterwards.")
    private boolean keep;

    @Option(names = "--ui", description = "Waits for you to start and approve the failover in the Temporal UI.")
    private boolean ui;

    @Option(names = "--json", description = "Prints one JSON document on standard output, and nothing else there.")
    private boolean json;

    @Option(
            names = "--name",
            paramLabel = "NAME",
            defaultValue = LabFolder.DEFAULT_NAME,
            description = "The lab's name (default: ${DEFAULT-VALUE}).")
    private String name = LabFolder.DEFAULT_NAME;

    @Override
    public Integer call() throws JsonProcessingException {
        PrintWriter data = writer(FileDescriptor.out);
        PrintWriter talk = json ? writer(FileDescriptor.err) : data;
        DemoView view = new DemoView(talk, isWatched(json ? STANDARD_ERROR : STANDARD_OUTPUT));
        Lab lab = Demo.up(LabOptions.named(name), view);
        // Whatever ends the demo, nothing of the lab stays behind.
        Thread teardown = Thread.ofPlatform().unstarted(() -> Lab.down(name));
        if (!keep) {
            Runtime.getRuntime().addShutdownHook(teardown);
        }
        Path reports = LabFolder.of(name).path().resolveSibling("reports").resolve(name);
        DemoResult result = new Demo(view, ui, reports).run(lab);
        if (json) {
            data.println(WireFormat.mapper()
                    .enable(SerializationFeature.INDENT_OUTPUT)
                    .writeValueAsString(result));
            data.flush();
        } else {
            view.verdict(result, keep, name);
        }
        return exitCode(result);
    }

    private static int exitCode(DemoResult result) {
        boolean missed = result.rto()
                        .clientVisibleSeconds()
                        .filter(s -> s > result.rto().targetSeconds())
                        .isPresent()
                || result.rpo()
                        .lostSeconds()
                        .filter(s -> s > result.rpo().targetSeconds())
                        .isPresent();
        return switch (result.verdict()) {
            case "GREEN" -> 0;
            case "AMBER" -> missed ? MISSED : NOT_PROVEN;
            default -> NOT_RECOVERED;
        };
    }

    /** Colours and moving lines are for a terminal only, and only where NO_COLOR does not forbid them. */
    private static boolean isWatched(int descriptor) {
        try {
            Path target = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor));
            return System.getenv("NO_COLOR") == null
                    && (target.startsWith("/dev/pts") || target.startsWith("/dev/tty"));
        } catch (IOException unknown) {
            return false;
        }
    }

    private static PrintWriter writer(FileDescriptor stream) {
        return new PrintWriter(new FileOutputStream(stream), false, StandardCharsets.UTF_8);
    }
}
