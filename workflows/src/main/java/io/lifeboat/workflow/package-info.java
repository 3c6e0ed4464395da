/**
 * In which order, and what if it fails: the procedures, as deterministic Temporal workflows, and the ports they call.
 * Nothing here touches the world.
 */
@NullMarked
package io.lifeboat.workflow;

import org.jspecify.annotations.NullMarked;
