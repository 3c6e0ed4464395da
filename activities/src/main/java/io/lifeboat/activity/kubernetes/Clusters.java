package io.lifeboat.activity.kubernetes;

/** The cluster of each region. */
@FunctionalInterface
public interface Clusters {
    /** The cluster of a region; {@code TARGET_NOT_FOUND} for a region the worker does not know. */
    ClusterClient in(String region);
}
