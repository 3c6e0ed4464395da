/** HTTP calls that end: the JDK's request time-out stops watching once the headers have come. */
@NullMarked
package io.lifeboat.activity.http;

import org.jspecify.annotations.NullMarked;
