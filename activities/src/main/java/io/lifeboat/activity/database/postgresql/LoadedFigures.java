package io.lifeboat.activity.database.postgresql;

import io.lifeboat.activity.database.DatabaseException;
import io.lifeboat.activity.database.Deadline;
import io.lifeboat.activity.manifest.Manifest.Content;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/**
 * The figures of a database that is being loaded, table after table: those of a table are made while the rows of the next ones come,
 * which leave the server's other processors idle. Which {@code COPY} is under way the server says itself; what was too quick to be
 * seen is counted at the end.
 */
final class LoadedFigures implements AutoCloseable {
    private static final Duration COUNTING = Duration.ofHours(6);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(250);

    /** What begins only now is not cancelled by the first call. */
    private static final Duration TO_CANCEL = Duration.ofMillis(20);

    private static final String COPYING = """
            SELECT format('%I.%I', n.nspname, c.relname)
              FROM pg_stat_progress_copy p JOIN pg_class c ON c.oid = p.relid JOIN pg_namespace n ON n.oid = c.relnamespace
             WHERE p.datname = current_database() AND p.command = 'COPY FROM'
            """;

    private final PostgresServer target;
    private final Map<String, Content> known = new ConcurrentHashMap<>();
    private final PostgresConnection session;
    private final CompletableFuture<Void> beside;
    private volatile boolean loading = true;

    private LoadedFigures(PostgresServer target) {
        this.target = target;
        this.session = target.service(Deadline.in(COUNTING));
        this.beside = CompletableFuture.runAsync(
                this::countBeside, task -> Thread.ofVirtual().start(task));
    }

    /** To be begun when the tables are there, each of whose rows will be seen at once. */
    static LoadedFigures beside(PostgresServer target) {
        return new LoadedFigures(target);
    }

    /** Of a database into which nothing is loaded any more. */
    static List<Content> of(PostgresServer target) {
        return of(target, Map.of());
    }

    private static List<Content> of(PostgresServer target, Map<String, Content> known) {
        try (PostgresConnection transaction = target.service(Deadline.in(COUNTING))) {
            transaction.repeatableRead();
            return PostgresFigures.of(transaction, known);
        }
    }

    private void countBeside() {
        // One processor: the load needs the others.
        session.update("SET max_parallel_workers_per_gather = 0");
        List<String> before = List.of();
        while (loading) {
            List<String> now = session.all(COPYING, row -> row.getString(1));
            // Should a table's rows come in two lots, those of the first are not all.
            now.forEach(known::remove);
            before.stream().filter(table -> loading && !now.contains(table)).forEach(this::count);
            before = now;
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
    }

    private void count(String table) {
        PostgresFigures.ofTable(session, table).ifPresent(figures -> known.put(table, figures));
    }

    /** Begins with no other table: what comes now is not rows, and needs the processors itself. */
    void loaded() {
        loading = false;
    }

    /** The tables that were counted beside so far. */
    Set<String> counted() {
        return Set.copyOf(known.keySet());
    }

    /** All of them, the last ones counted now. */
    List<Content> all() {
        loaded();
        ended();
        return of(target, known);
    }

    /** Ends what is being counted. */
    @Override
    public void close() {
        loaded();
        try (session) {
            while (!beside.isDone()) {
                session.cancel();
                LockSupport.parkNanos(TO_CANCEL.toNanos());
            }
            ended();
        }
    }

    private void ended() {
        try {
            beside.join();
        } catch (CompletionException e) {
            if (!(e.getCause() instanceof DatabaseException)) {
                throw e;
            }
            // What could not be counted beside is counted at the end, which says so where it cannot be either.
        }
    }
}
