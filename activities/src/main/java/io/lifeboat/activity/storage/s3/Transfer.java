package io.lifeboat.activity.storage.s3;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/** What travels beside its caller, as calls of streams see it. */
final class Transfer {
    private Transfer() {}

    /**
     * Waits for it; fails with what it failed with.
     *
     * @param what for the message to a caller that is interrupted
     */
    static <T> T await(Future<T> transfer, String what) throws IOException {
        try {
            return transfer.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while " + what);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IOException(e.getCause());
        }
    }
}
