package io.lifeboat.activity.backup;

import io.lifeboat.activity.stream.PlainComparison;
import java.io.IOException;
import java.io.InputStream;

/** Where the parts of a backup come from, already opened, decompressed and compared with the manifest as they are read. */
public interface StoredParts {
    /** @param name as the manifest has it */
    InputStream open(String name, PlainComparison comparison) throws IOException;

    /** @param name as the manifest has it */
    default InputStream open(String name) throws IOException {
        return open(name, PlainComparison.BY_SUM);
    }
}
