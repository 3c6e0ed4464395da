/** The record of a synthetic client, the judge of RTO and RPO. */
@NullMarked
package io.lifeboat.workflow.client;

import org.jspecify.annotations.NullMarked;
