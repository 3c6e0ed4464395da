/**
 * {@code lifeboat demo}: a region is lost before your eyes, and the service comes back in the other one. Figures come from
 * the client's record, the report and one monotonic clock; nothing is made up for the show.
 */
@NullMarked
package io.lifeboat.lab.demo;

import org.jspecify.annotations.NullMarked;
