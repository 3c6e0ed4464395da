/** Moving clients to another region, and watching that they are served. */
@NullMarked
package io.lifeboat.workflow.traffic;

import org.jspecify.annotations.NullMarked;
