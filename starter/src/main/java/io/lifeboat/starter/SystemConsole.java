package io.lifeboat.starter;

import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

/** The terminal, or the pipes, this process was started with. */
final class SystemConsole {
    private static final int USUAL_WIDTH = 100;
    private static final long WIDTH_NANOS = TimeUnit.SECONDS.toNanos(2);

    private SystemConsole() {}

    static Console open() {
        boolean colour = System.getenv("NO_COLOR") == null && !"dumb".equals(System.getenv("TERM"));
        boolean outTty = isTerminal(1);
        boolean errTty = isTerminal(2);
        return new Console(
                writer(FileDescriptor.out),
                writer(FileDescriptor.err),
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)),
                isTerminal(0) && errTty,
                errTty && !"dumb".equals(System.getenv("TERM")),
                colour && outTty,
                colour && errTty,
                outTty || errTty ? new TerminalWidth() : () -> USUAL_WIDTH);
    }

    private static PrintWriter writer(FileDescriptor descriptor) {
        OutputStream stream = new FileOutputStream(descriptor);
        return new PrintWriter(stream, false, StandardCharsets.UTF_8);
    }

    /** Asks the kernel where it can, because Java only says whether all of the streams are a terminal. */
    private static boolean isTerminal(int descriptor) {
        try {
            String target = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor))
                    .toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
        } catch (IOException | UnsupportedOperationException notLinux) {
            return isTerminalToTest(descriptor);
        }
    }

    private static boolean isTerminalToTest(int descriptor) {
        try {
            Process test = new ProcessBuilder("test", "-t", Integer.toString(descriptor))
                    .inheritIO()
                    .start();
            return test.waitFor(1, TimeUnit.SECONDS) && test.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Columns as {@code stty} sees them, remembered for a moment. */
    private static final class TerminalWidth implements IntSupplier {
        private int columns;
        private long askedAt;

        @Override
        public int getAsInt() {
            long now = System.nanoTime();
            if (columns == 0 || now - askedAt > WIDTH_NANOS) {
                columns = ask();
                askedAt = now;
            }
            return columns;
        }

        private static int ask() {
            try {
                Process stty = new ProcessBuilder("stty", "size")
                        .redirectInput(Path.of("/dev/tty").toFile())
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
                String answer = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
                int found = Integer.parseInt(answer.substring(answer.indexOf(' ') + 1));
                return found > 0 ? found : USUAL_WIDTH;
            } catch (IOException | NumberFormatException unknown) {
                return USUAL_WIDTH;
            }
        }
    }
}
