package io.lifeboat.lab;

import java.util.List;

/**
 * What {@code up} brought up; its file is written last.
 *
 * @param workerPort where the worker answers about its health, on 127.0.0.1
 * @param seconds how long all of it took
 */
public record Parts(int schemaVersion, int workerPort, double seconds, List<Part> parts) {

    static final int SCHEMA_VERSION = 1;

    public Parts {
        parts = List.copyOf(parts);
    }
}
