package io.lifeboat.activity.retention;

/** How fast, and at what price, a backup is to be had. */
public enum StorageTier {
    HOT("STANDARD"),
    WARM("STANDARD_IA"),
    COLD("GLACIER_IR");

    private final String storageClass;

    StorageTier(String storageClass) {
        this.storageClass = storageClass;
    }

    /** What S3 calls it. All three are readable at once; none has to be thawed before a restore. */
    public String storageClass() {
        return storageClass;
    }
}
