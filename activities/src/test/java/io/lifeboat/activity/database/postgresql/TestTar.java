package io.lifeboat.activity.database.postgresql;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** A tar as PostgreSQL writes it, as far as anybody looks at it. */
final class TestTar {
    static final int BLOCK = 512;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    /** A file with its header. */
    void add(String name, String content) {
        byte[] file = content.getBytes(StandardCharsets.ISO_8859_1);
        add(header(name, String.format(Locale.ROOT, "%011o\0", file.length)));
        add(file);
        add(new byte[Math.floorMod(-file.length, BLOCK)]);
    }

    /** As they are. */
    void add(byte[] raw) {
        bytes.writeBytes(raw);
    }

    byte[] bytes() {
        return bytes.toByteArray();
    }

    static byte[] header(String name, String size) {
        byte[] header = new byte[BLOCK];
        byte[] names = name.getBytes(StandardCharsets.ISO_8859_1);
        System.arraycopy(names, 0, header, 0, names.length);
        System.arraycopy(size.getBytes(StandardCharsets.ISO_8859_1), 0, header, 124, 12);
        return header;
    }
}
