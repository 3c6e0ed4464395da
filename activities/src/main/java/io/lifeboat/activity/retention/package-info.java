/**
 * Which backups of one datastore are kept, which may be removed, and why: decided from figures alone, without a clock or a store,
 * so that the same list at the same instant always gives the same plan.
 */
@NullMarked
package io.lifeboat.activity.retention;

import org.jspecify.annotations.NullMarked;
