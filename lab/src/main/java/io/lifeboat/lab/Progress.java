package io.lifeboat.lab;

/** Told what a longer operation is doing, one line at a time, from any thread. */
@FunctionalInterface
public interface Progress {

    Progress SILENT = line -> {};

    void report(String line);
}
