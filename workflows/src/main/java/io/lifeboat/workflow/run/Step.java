package io.lifeboat.workflow.run;

/**
 * One entry of a procedure, as people see it.
 *
 * @param number from 1
 * @param skippable whether a commander may leave it out when it fails
 */
public record Step(int number, String name, boolean skippable) {}
