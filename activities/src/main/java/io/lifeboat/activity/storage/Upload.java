package io.lifeboat.activity.storage;

import java.io.IOException;
import java.io.OutputStream;

/** An object that is being written. Closed before it was completed, it leaves nothing. */
public abstract class Upload extends OutputStream {
    /** Makes the object exist; until this has returned, nobody can see it. */
    public abstract void complete() throws IOException;

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    /** Ends the upload; what was not completed is discarded. */
    @Override
    public abstract void close();
}
