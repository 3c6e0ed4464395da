/**
 * The {@code lifeboat lab} verbs.
 */
@NullMarked
package io.lifeboat.lab.command;

import org.jspecify.annotations.NullMarked;
