/** Object stores, with compare-and-set. */
@NullMarked
package io.lifeboat.activity.storage;

import org.jspecify.annotations.NullMarked;
