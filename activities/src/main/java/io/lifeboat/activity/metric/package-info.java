/**
 * What can be said of the backups at any moment, for the worker's metrics: looked up in the buckets again and again, remembered by
 * nobody, so that a worker that has just started says the same as one that has run for a year.
 */
@NullMarked
package io.lifeboat.activity.metric;

import org.jspecify.annotations.NullMarked;
