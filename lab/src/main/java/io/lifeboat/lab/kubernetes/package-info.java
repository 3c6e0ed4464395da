/**
 * The Kubernetes API of one region: {@link io.lifeboat.lab.kubernetes.ApiServer} is either fabric8's server inside the
 * region's own JVM or a real control plane, and both hold the same objects of the orders service.
 */
@NullMarked
package io.lifeboat.lab.kubernetes;

import org.jspecify.annotations.NullMarked;
