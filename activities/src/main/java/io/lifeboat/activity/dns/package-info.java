/** The DNS zone of a service: weights that are compared and set together with the epoch. */
@NullMarked
package io.lifeboat.activity.dns;

import org.jspecify.annotations.NullMarked;
