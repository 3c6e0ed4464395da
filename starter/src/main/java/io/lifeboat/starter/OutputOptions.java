package io.lifeboat.starter;

import picocli.CommandLine.Option;

/** How data is printed. */
final class OutputOptions {
    enum Form {
        TEXT,
        JSON
    }

    @Option(
            names = {"-o", "--output"},
            paramLabel = "text|json",
            defaultValue = "text",
            description = "Form of the data on standard output. JSON carries schemaVersion.")
    private Form form = Form.TEXT;

    boolean isJson() {
        return form == Form.JSON;
    }
}
