package io.lifeboat.activity.database.postgresql;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Tells what is in a tar that is written to it in pieces. It keeps no more of it than a header.
 *
 * <p>It reads what PostgreSQL writes: names of up to 100 bytes, sizes in octal digits, or in binary when they are too large for those.
 */
final class TarReader {
    private static final int BLOCK = 512;
    private static final int NAME = 100;
    private static final int SIZE = 124;
    private static final int SIZE_LENGTH = 12;

    private final Entries entries;
    private final byte[] header = new byte[BLOCK];

    private int inHeader;
    private long content;
    private long padding;

    TarReader(Entries entries) {
        this.entries = entries;
    }

    /** Is told of files and folders, one after the other. */
    interface Entries {
        /**
         * The next one begins; the zeros at the tar's end are one without a name, twice.
         *
         * @param name a character a byte, as ISO 8859-1 has it
         */
        void begin(String name);

        /**
         * Some of what is in it.
         *
         * @param left how many bytes are still to come
         */
        void content(byte[] bytes, int offset, int length, long left) throws IOException;
    }

    void read(byte[] bytes, int offset, int length) throws IOException {
        int end = offset + length;
        for (int at = offset; at < end; ) {
            at += content > 0
                    ? content(bytes, at, end - at)
                    : padding > 0 ? padding(end - at) : header(bytes, at, end - at);
        }
    }

    private int content(byte[] bytes, int offset, int length) throws IOException {
        int count = (int) Math.min(content, length);
        content -= count;
        entries.content(bytes, offset, count, content);
        return count;
    }

    private int padding(int length) {
        int count = (int) Math.min(padding, length);
        padding -= count;
        return count;
    }

    private int header(byte[] bytes, int offset, int length) {
        int count = Math.min(BLOCK - inHeader, length);
        System.arraycopy(bytes, offset, header, inHeader, count);
        inHeader += count;
        if (inHeader == BLOCK) {
            inHeader = 0;
            content = size();
            padding = Math.floorMod(-content, (long) BLOCK);
            entries.begin(name());
        }
        return count;
    }

    private String name() {
        int length = 0;
        while (length < NAME && header[length] != 0) {
            length++;
        }
        return new String(header, 0, length, StandardCharsets.ISO_8859_1);
    }

    /** Zero for the blocks of zeros at the end. */
    private long size() {
        boolean binary = header[SIZE] < 0;
        long size = 0;
        for (int i = SIZE + (binary ? 1 : 0); i < SIZE + SIZE_LENGTH; i++) {
            if (binary) {
                size = (size << 8) | (header[i] & 0xff);
            } else if (header[i] >= '0' && header[i] <= '7') {
                size = (size << 3) | (header[i] - '0');
            }
        }
        return size;
    }
}
