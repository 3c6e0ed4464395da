package io.lifeboat.activity.database.postgresql;

import io.lifeboat.activity.backup.BackupTaker.Part;
import io.lifeboat.activity.backup.BackupTaker.Parts;
import io.lifeboat.activity.backup.StoredParts;
import io.lifeboat.activity.stream.PlainComparison;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import java.util.TreeMap;

/** The finished parts of one backup. */
final class PartsInMemory implements Parts, StoredParts {
    final Map<String, byte[]> finished = new TreeMap<>();

    @Override
    public Part begin(String name, String holds) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        return new Part() {
            @Override
            public OutputStream bytes() {
                return bytes;
            }

            @Override
            public void finish() {
                finished.put(name, bytes.toByteArray());
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public InputStream open(String name, PlainComparison comparison) throws IOException {
        byte[] bytes = finished.get(name);
        if (bytes == null) {
            throw new IOException("no part " + name);
        }
        return new ByteArrayInputStream(bytes);
    }
}
