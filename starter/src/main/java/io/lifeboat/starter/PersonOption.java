package io.lifeboat.starter;

import picocli.CommandLine.Option;

/** Who speaks. */
final class PersonOption {
    @Option(names = "--by", paramLabel = "NAME", description = "Who says it; the user of this machine by default.")
    private String by = "";

    String name() {
        return by.isBlank() ? System.getProperty("user.name", "") : by.strip();
    }
}
