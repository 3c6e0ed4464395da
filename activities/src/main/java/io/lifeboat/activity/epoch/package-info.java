/** The epoch of a service, checked at the effect. */
@NullMarked
package io.lifeboat.activity.epoch;

import org.jspecify.annotations.NullMarked;
