package io.lifeboat.lab.tool;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The pinned packages: {@code tools.lock}, one line of version and hash a package. */
final class ToolLock {

    private final List<String> lines;

    ToolLock(List<String> lines) {
        this.lines = List.copyOf(lines);
    }

    static ToolLock bundled() {
        try (InputStream lock = ToolLock.class.getResourceAsStream("tools.lock")) {
            if (lock == null) {
                throw new IllegalStateException("tools.lock is not on the class path beside ToolLock");
            }
            return new ToolLock(new String(lock.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What pip is given for this tool. */
    String requirement(Tool tool) {
        String prefix = tool.distribution() + "==";
        return lines.stream()
                .filter(line -> line.startsWith(prefix))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("tools.lock does not pin " + tool.distribution()));
    }

    /** The package's version. */
    String version(Tool tool) {
        String requirement = requirement(tool);
        return requirement.substring(tool.distribution().length() + 2).split("\\s", 2)[0];
    }
}
