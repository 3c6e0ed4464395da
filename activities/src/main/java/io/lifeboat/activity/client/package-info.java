/** The record of a synthetic client. */
@NullMarked
package io.lifeboat.activity.client;

import org.jspecify.annotations.NullMarked;
