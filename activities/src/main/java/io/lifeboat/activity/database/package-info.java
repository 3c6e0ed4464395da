/**
 * Databases as the features need them: one small interface for each kind of datastore, one vendor package behind it. What
 * leaves this package is in our own words: a vendor's message may hold a password or a row.
 */
@NullMarked
package io.lifeboat.activity.database;

import org.jspecify.annotations.NullMarked;
