package io.lifeboat.activity.wal;

/** Whose log it is. */
public record ReceivedLog(String service, String datastore) {}
