/** What runs in Kubernetes: hold its automation, scale it, resume it. */
@NullMarked
package io.lifeboat.activity.workload;

import org.jspecify.annotations.NullMarked;
