/**
 * S3 in the lab: one SeaweedFS a region, and the buckets Lifeboat expects.
 */
@NullMarked
package io.lifeboat.lab.objectstore;

import org.jspecify.annotations.NullMarked;
