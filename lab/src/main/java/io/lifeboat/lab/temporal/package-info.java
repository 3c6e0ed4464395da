/**
 * The orchestrator's server in the lab: Temporal's development server, tuned as the lab needs it.
 */
@NullMarked
package io.lifeboat.lab.temporal;

import org.jspecify.annotations.NullMarked;
