/** Smoke tests of a region. */
@NullMarked
package io.lifeboat.activity.verification;

import org.jspecify.annotations.NullMarked;
