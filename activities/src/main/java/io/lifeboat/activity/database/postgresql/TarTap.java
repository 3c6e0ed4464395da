package io.lifeboat.activity.database.postgresql;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Passes a tar on as it is, and a copy of one of its files to somebody else. It keeps no more of it than a header.
 *
 * <p>It reads what PostgreSQL writes: names of up to 100 bytes, sizes in octal digits, or in binary when they are too large for those.
 */
final class TarTap extends FilterOutputStream {
    private static final int BLOCK = 512;
    private static final int NAME = 100;
    private static final int SIZE = 124;
    private static final int SIZE_LENGTH = 12;

    private final String wanted;
    private final OutputStream copy;
    private final byte[] header = new byte[BLOCK];

    private int inHeader;
    private long content;
    private long padding;
    private boolean isWanted;
    private boolean found;

    /**
     * @param tar closed with this
     * @param wanted name of the file
     * @param copy gets what is in it; not closed
     */
    TarTap(OutputStream tar, String wanted, OutputStream copy) {
        super(tar);
        this.wanted = wanted;
        this.copy = copy;
    }

    /** Whether the file was there, and all of it. */
    boolean hasFound() {
        return found;
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        out.write(bytes, offset, length);
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
        if (isWanted) {
            copy.write(bytes, offset, count);
            found = content == 0;
        }
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
            isWanted = name().equals(wanted);
            content = size();
            padding = Math.floorMod(-content, (long) BLOCK);
        }
        return count;
    }

    private String name() {
        int length = 0;
        while (length < NAME && header[length] != 0) {
            length++;
        }
        return new String(header, 0, length, StandardCharsets.UTF_8);
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
