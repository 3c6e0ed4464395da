/**
 * Processes and ports of a lab: started without a terminal below the lab's folder, awaited with a deadline, found
 * again by that folder alone, and killed until none is left.
 */
@NullMarked
package io.lifeboat.lab.process;

import org.jspecify.annotations.NullMarked;
