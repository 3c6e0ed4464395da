/** Kubernetes through the fabric8 client. */
@NullMarked
package io.lifeboat.activity.kubernetes.fabric8;

import org.jspecify.annotations.NullMarked;
