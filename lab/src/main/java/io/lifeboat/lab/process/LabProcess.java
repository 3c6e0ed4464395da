package io.lifeboat.lab.process;

import java.nio.file.Path;

/**
 * A process that belongs to a lab.
 *
 * @param folder the process's working folder, by which it was found
 * @param command the program's name as the kernel knows it
 */
public record LabProcess(long pid, Path folder, String command) {}
