package io.lifeboat.activity.stream;

/** Who compares the plain bytes of a backup that is read. The stored ones are always compared, before they are opened. */
public enum PlainComparison {
    /** {@link SealedInput}, with the manifest's SHA-256 of them. */
    BY_SUM,

    /** The reader, with sums that the source has made; {@link SealedInput} compares how many they are. */
    BY_READER
}
