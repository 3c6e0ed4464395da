package io.lifeboat.workflow.run;

import java.util.Optional;

/**
 * A step as it stands now.
 *
 * @param number from 1
 * @param seconds from its start to its end, or to now, by the Temporal server's timestamps; absent when it has not begun
 * @param detail what is true now, or why it waits
 */
public record StepStatus(int number, String name, StepState state, Optional<Double> seconds, String detail) {}
