/**
 * Wired with what: the Spring Boot worker. Configuration, registration, health and metrics; no logic. The list of what each
 * task queue runs is in {@code application.yaml}.
 */
@NullMarked
package io.lifeboat.worker;

import org.jspecify.annotations.NullMarked;
