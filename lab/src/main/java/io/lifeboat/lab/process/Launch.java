package io.lifeboat.lab.process;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What to start.
 *
 * @param name what people call it, for messages
 * @param folder its working folder, below the lab's
 * @param environment all it gets beside {@code PATH}, {@code LANG} and {@code HOME}; secrets travel here, never in the command
 * @param log file its output is appended to
 */
public record Launch(String name, List<String> command, Path folder, Map<String, String> environment, Path log) {

    public Launch {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
    }
}
