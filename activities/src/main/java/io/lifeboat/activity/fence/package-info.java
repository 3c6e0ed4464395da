/** Fence drivers: ways of making writes in a region impossible, each with its own proof. */
@NullMarked
package io.lifeboat.activity.fence;

import org.jspecify.annotations.NullMarked;
