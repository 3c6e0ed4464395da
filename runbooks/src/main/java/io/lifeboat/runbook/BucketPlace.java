package io.lifeboat.runbook;

/** A bucket and the region it lies in. */
public record BucketPlace(String region, String bucket) {}
