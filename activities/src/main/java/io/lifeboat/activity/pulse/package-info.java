/**
 * The pulse: a numbered marker written into each primary every second, and the memory of which numbers the database
 * acknowledged, kept outside that region. What is acknowledged and missing after a promotion is the loss.
 */
@NullMarked
package io.lifeboat.activity.pulse;

import org.jspecify.annotations.NullMarked;
