package io.lifeboat.activity.storage;

/** An object as it was read. */
@SuppressWarnings("ArrayRecordComponent") // bytes are handed over, never compared
public record StoredObject(byte[] bytes, String etag) {}
