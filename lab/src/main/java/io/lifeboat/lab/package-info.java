/**
 * The lab: two regions of real components as local processes on loopback. {@link io.lifeboat.lab.LabState} says what
 * runs where; every process of a lab has its working folder below the lab's folder and no terminal, which is how they
 * are found again, also after a crash.
 */
@NullMarked
package io.lifeboat.lab;

import org.jspecify.annotations.NullMarked;
