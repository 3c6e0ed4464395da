package io.lifeboat.activity.database.postgresql;

import io.lifeboat.activity.database.DatabaseException;
import io.lifeboat.activity.database.DatabaseException.Kind;
import io.lifeboat.activity.database.Lsn;
import io.lifeboat.activity.wal.WalServer;
import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postgresql.copy.CopyDual;

/**
 * The messages of a WAL sender. Whoever only listens cannot tell a server that has nothing to say from one that is gone, and the
 * driver cannot wait with a bound without losing a message that is half there. So the server is asked for an answer before each wait;
 * it comes at once, after what it had to say, and a wait that runs into the connection's own bound means that the server is gone.
 */
final class WalStream implements WalServer.Stream {
    private static final Duration IDLE = Duration.ofMillis(100);
    private static final Instant EPOCH = Instant.parse("2000-01-01T00:00:00Z");
    private static final int STATUS_LENGTH = 34;

    private final CopyDual copy;
    private Lsn received;
    private Lsn stored = new Lsn(0);
    private Lsn server;
    private boolean answerOutstanding;
    private boolean quiet;
    private boolean confirmationWanted;

    WalStream(CopyDual copy, Lsn from) {
        this.copy = copy;
        this.received = from;
        this.server = from;
    }

    @Override
    public Optional<ByteBuffer> read() throws InterruptedException {
        try {
            if (!answerOutstanding) {
                if (quiet) {
                    Thread.sleep(IDLE); // each question costs the server an answer
                }
                sendStatus(true);
            } else if (confirmationWanted) {
                sendStatus(false);
            }
            confirmationWanted = false;
            byte @Nullable [] message = copy.readFromCopy(true);
            if (message == null) {
                throw new DatabaseException(Kind.UNREACHABLE, "the server ended the stream");
            }
            return take(ByteBuffer.wrap(message));
        } catch (SQLException e) {
            throw WalReplication.fault(e);
        }
    }

    private Optional<ByteBuffer> take(ByteBuffer message) {
        return switch (message.get()) {
            case 'w' -> Optional.of(data(message));
            case 'k' -> {
                keepAlive(message);
                yield Optional.empty();
            }
            default -> throw new DatabaseException(Kind.REFUSED, "the server sent what is no part of its log");
        };
    }

    private ByteBuffer data(ByteBuffer message) {
        Lsn start = new Lsn(message.getLong());
        server = new Lsn(message.getLong());
        message.getLong(); // the server's clock
        if (!start.equals(received)) {
            throw new DatabaseException(
                    Kind.REFUSED, "the server sent its log from " + start + " on, and " + received + " was next");
        }
        received = new Lsn(start.position() + message.remaining());
        quiet = false;
        return message.slice();
    }

    private void keepAlive(ByteBuffer message) {
        server = new Lsn(message.getLong());
        message.getLong(); // the server's clock
        if (message.get() != 0) {
            confirmationWanted = true;
        } else {
            answerOutstanding = false;
            quiet = received.compareTo(server) >= 0;
        }
    }

    @Override
    public void confirm(Lsn upTo) {
        stored = upTo;
        try {
            sendStatus(false);
        } catch (SQLException e) {
            throw WalReplication.fault(e);
        }
    }

    @Override
    public Lsn serverPosition() {
        return server;
    }

    @Override
    public boolean confirmationWanted() {
        return confirmationWanted;
    }

    /** Received, stored, and never applied. */
    private void sendStatus(boolean answer) throws SQLException {
        ByteBuffer status = ByteBuffer.allocate(STATUS_LENGTH)
                .put((byte) 'r')
                .putLong(received.position())
                .putLong(stored.position())
                .putLong(0)
                .putLong(ChronoUnit.MICROS.between(EPOCH, Instant.now()))
                .put((byte) (answer ? 1 : 0));
        copy.writeToCopy(status.array(), 0, STATUS_LENGTH);
        copy.flushCopy();
        answerOutstanding |= answer;
    }
}
