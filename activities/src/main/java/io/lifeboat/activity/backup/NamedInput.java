package io.lifeboat.activity.backup;

import io.lifeboat.activity.encryption.CannotOpenException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Function;

/** A part whose reader works with several backups: what is wrong with it is said by the name of its own. */
final class NamedInput extends FilterInputStream {
    private final Function<CannotOpenException, BackupException> named;

    NamedInput(InputStream in, Function<CannotOpenException, BackupException> named) {
        super(in);
        this.named = named;
    }

    @Override
    public int read() throws IOException {
        try {
            return in.read();
        } catch (CannotOpenException e) {
            throw named.apply(e);
        }
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        try {
            return in.read(bytes, offset, length);
        } catch (CannotOpenException e) {
            throw named.apply(e);
        }
    }
}
