/** Promotion: judging a standby, promoting it once, and counting the acknowledged markers it lacks. */
@NullMarked
package io.lifeboat.activity.promotion;

import org.jspecify.annotations.NullMarked;
