/** Kubernetes clusters, as far as recovery changes them. */
@NullMarked
package io.lifeboat.activity.kubernetes;

import org.jspecify.annotations.NullMarked;
