/** What a backup holds and who says so: the signed manifest, written last. */
@NullMarked
package io.lifeboat.activity.manifest;

import org.jspecify.annotations.NullMarked;
