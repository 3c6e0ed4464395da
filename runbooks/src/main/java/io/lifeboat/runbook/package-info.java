/**
 * The runbook: what is true of a service. A runbook states facts (regions, datastores, workloads, traffic, objectives,
 * fences, approvals, smoke tests); the order of recovery is code and lives in {@code workflows}. Everything here is an
 * immutable record, valid by construction, and travels through Temporal as JSON.
 */
@NullMarked
package io.lifeboat.runbook;

import org.jspecify.annotations.NullMarked;
