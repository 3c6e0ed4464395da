/** Moving clients to another region, and watching that they are served. */
@NullMarked
package io.lifeboat.activity.traffic;

import org.jspecify.annotations.NullMarked;
