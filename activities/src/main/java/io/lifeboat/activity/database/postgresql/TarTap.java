package io.lifeboat.activity.database.postgresql;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Passes a tar on as it is, and a copy of one of its files to somebody else. */
final class TarTap extends FilterOutputStream {
    private final TarReader reader = new TarReader(new Wanted());
    private final String wanted;
    private final OutputStream copy;

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
        reader.read(bytes, offset, length);
    }

    private final class Wanted implements TarReader.Entries {
        @Override
        public void begin(String name) {
            isWanted = name.equals(wanted);
        }

        @Override
        public void content(byte[] bytes, int offset, int length, long left) throws IOException {
            if (isWanted) {
                copy.write(bytes, offset, length);
                found = left == 0;
            }
        }
    }
}
