package io.lifeboat.lab.tool;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a program says about its own version. */
final class VersionOutput {

    private static final Pattern VERSION = Pattern.compile("\\b(\\d+\\.\\d+(?:\\.\\d+)?)\\b");
    private static final int TIMEOUT_SECONDS = 5;

    private VersionOutput() {}

    static Optional<String> of(Path executable) {
        // SeaweedFS knows a verb instead of an option.
        String ask = executable.endsWith("weed") ? "version" : "--version";
        try {
            Process process = new ProcessBuilder(executable.toString(), ask)
                    .redirectErrorStream(true)
                    .start();
            process.getOutputStream().close();
            if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return Optional.empty();
            }
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            Matcher version = VERSION.matcher(said);
            return version.find() ? Optional.of(version.group(1)) : Optional.empty();
        } catch (IOException notRunnable) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
