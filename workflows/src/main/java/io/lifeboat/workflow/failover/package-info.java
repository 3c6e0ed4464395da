/** The service leaves a lost region: assess, approve, take the epoch, hold automation, fence, promote, scale up, verify, move traffic, watch, close. */
@NullMarked
package io.lifeboat.workflow.failover;

import org.jspecify.annotations.NullMarked;
