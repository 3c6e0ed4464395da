/**
 * The {@code lifeboat} command: one class a verb, data on standard output, progress on standard error, an exit code for every
 * ending. It holds no state; what it starts goes on without it.
 */
@NullMarked
package io.lifeboat.starter;

import org.jspecify.annotations.NullMarked;
