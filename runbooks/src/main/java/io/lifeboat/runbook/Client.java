package io.lifeboat.runbook;

/**
 * A synthetic client that uses the service through its public name and writes down what it was told.
 *
 * @param record URL of its record (see the class {@code ClientRecord} of {@code workflows})
 */
public record Client(Setting record) {}
