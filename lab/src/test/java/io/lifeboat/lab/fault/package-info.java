/**
 * What may happen to a worker at any moment: it is killed inside each step of each procedure, and each step is executed twice. The
 * steps are taken from the histories of clean runs, so that a new one is met by this without a word.
 */
@NullMarked
package io.lifeboat.lab.fault;

import org.jspecify.annotations.NullMarked;
