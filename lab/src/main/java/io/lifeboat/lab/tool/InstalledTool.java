package io.lifeboat.lab.tool;

import java.nio.file.Path;

/**
 * A tool that can be started.
 *
 * @param version the program's own version
 */
public record InstalledTool(Tool tool, String version, Path executable) {}
