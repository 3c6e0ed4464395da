package io.lifeboat.workflow.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Compares with a file under version control; {@code -Drecreate=true} rewrites it instead. */
final class Golden {
    private static final Path FOLDER = Path.of("src/test/resources/io/lifeboat/workflow/report");

    private Golden() {}

    static void assertSame(String file, String rendered) throws IOException {
        Path golden = FOLDER.resolve(file);
        if (Boolean.getBoolean("recreate")) {
            Files.createDirectories(FOLDER);
            Files.writeString(golden, rendered);
        }
        assertThat(rendered)
                .as("%s differs; if the change is meant, run the test again with -Drecreate=true", golden)
                .isEqualTo(Files.readString(golden));
    }
}
