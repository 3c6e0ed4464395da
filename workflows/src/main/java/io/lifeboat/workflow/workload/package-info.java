/** What runs in Kubernetes: hold its automation, scale it, resume it. */
@NullMarked
package io.lifeboat.workflow.workload;

import org.jspecify.annotations.NullMarked;
