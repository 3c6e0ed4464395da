package io.lifeboat.runbook;

import java.nio.file.Path;

/**
 * A runbook and the file it was read from.
 *
 * @param sha256 digest of the file's content, in lower-case hexadecimal: two runs with the same digest had the same runbook
 */
public record RunbookFile(Path path, String sha256, Runbook runbook) {}
