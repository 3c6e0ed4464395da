/** Object stores that speak the S3 API. */
@NullMarked
package io.lifeboat.activity.storage.s3;

import org.jspecify.annotations.NullMarked;
