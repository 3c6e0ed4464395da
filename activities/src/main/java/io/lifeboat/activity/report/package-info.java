/** Completing a report from the run's own history and putting it where people find it. */
@NullMarked
package io.lifeboat.activity.report;

import org.jspecify.annotations.NullMarked;
