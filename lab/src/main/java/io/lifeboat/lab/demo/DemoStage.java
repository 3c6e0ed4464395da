package io.lifeboat.lab.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.lifeboat.lab.Lab;
import io.lifeboat.lab.LabException;
import io.lifeboat.lab.LabOptions;
import io.lifeboat.workflow.WireFormat;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** What every demo has around its story: a lab that goes away afterwards, a view, and the result in the form asked for. */
final class DemoStage {
    private static final int STANDARD_OUTPUT = 1;
    private static final int STANDARD_ERROR = 2;

    private final DemoOptions options;

    DemoStage(DemoOptions options) {
        this.options = options;
    }

    /** A story on a lab that is up. */
    interface Story {
        DemoResult play(Lab lab, DemoView view);
    }

    DemoResult play(Story story) {
        PrintWriter data = writer(FileDescriptor.out);
        PrintWriter talk = options.json() ? writer(FileDescriptor.err) : data;
        DemoView view = new DemoView(talk, isWatched(options.json() ? STANDARD_ERROR : STANDARD_OUTPUT));
        view.chapter("Two regions are put up on this machine");
        Lab lab = Lab.up(LabOptions.named(options.name()), view::line);
        view.line("up after " + DemoView.seconds(lab.secondsToUp()));
        // Whatever ends the demo, nothing of the lab stays behind.
        if (!options.keep()) {
            Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> Lab.down(options.name())));
        }
        DemoResult result = story.play(lab, view);
        if (options.json()) {
            data.println(json(result));
            data.flush();
        } else {
            view.verdict(result, options.keep(), options.name());
        }
        if (!options.keep()) {
            Lab.downInOrder(options.name(), view::line);
        }
        return result;
    }

    private static String json(DemoResult result) {
        try {
            return WireFormat.mapper()
                    .enable(SerializationFeature.INDENT_OUTPUT)
                    .writeValueAsString(result);
        } catch (JsonProcessingException e) {
            throw LabException.failed("Cannot write the demo's result: " + e.getMessage(), e);
        }
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
