package io.lifeboat.workflow;

/**
 * One line of evidence, as a reader sees it.
 *
 * @param value with its unit, never a secret
 */
public record Fact(String label, String value) {}
