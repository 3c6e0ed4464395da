package io.lifeboat.activity.storage.s3;

/**
 * How large each part of an upload is. S3 takes 10,000 parts of at least 5 MiB (Amazon S3 User Guide, "Multipart upload
 * limits"); an upload whose length nobody knows begins with small parts, which bound the memory, and lets them grow, so that
 * the parts suffice for about 1 TiB: 16 MiB each for the first 31 GiB, then twice as much after every 2,000 parts, 256 MiB at
 * last.
 */
final class PartSize {
    static final int MOST_PARTS = 10_000;

    private static final int FIRST = 16 << 20;
    private static final int PARTS_OF_A_SIZE = 2_000;

    private PartSize() {}

    /** @param number the part's number, from 1 */
    static int bytes(int number) {
        return FIRST << ((number - 1) / PARTS_OF_A_SIZE);
    }
}
