package io.lifeboat.runbook;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * A value, or a reference to where the worker finds it: {@code env:NAME} or {@code file:/path}. A secret is always a
 * reference, so that no secret is ever part of a runbook, an input or a history; the reader enforces it.
 */
public record Setting(@JsonValue String text) {

    @JsonCreator
    public Setting {}

    public boolean isReference() {
        return text.startsWith("env:") || text.startsWith("file:");
    }

    @Override
    public String toString() {
        return text;
    }
}
