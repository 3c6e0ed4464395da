package io.lifeboat.activity.storage;

/** The object store of each region. */
@FunctionalInterface
public interface ObjectStores {
    /** The store of a region; {@code TARGET_NOT_FOUND} for a region the worker does not know. */
    ObjectStore in(String region);
}
