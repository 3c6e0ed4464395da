/**
 * PostgreSQL 18 in the lab: a primary, a streaming standby, and the role the runbook's procedures work as.
 */
@NullMarked
package io.lifeboat.lab.postgres;

import org.jspecify.annotations.NullMarked;
