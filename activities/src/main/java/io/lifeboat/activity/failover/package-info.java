/** Looking at both regions before anything is done. */
@NullMarked
package io.lifeboat.activity.failover;

import org.jspecify.annotations.NullMarked;
