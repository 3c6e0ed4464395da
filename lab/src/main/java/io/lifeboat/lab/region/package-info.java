/**
 * The JVM of one region: its Kubernetes API and the controller that lets the orders service's processes run exactly
 * while their Deployments have replicas.
 */
@NullMarked
package io.lifeboat.lab.region;

import org.jspecify.annotations.NullMarked;
