package io.lifeboat.lab;

import io.lifeboat.lab.process.Deadline;
import io.lifeboat.lab.process.LabProcesses;
import io.lifeboat.lab.process.Launcher;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Steps that run side by side, each as soon as the one it needs is done. The first failure stops the lab from growing
 * and kills what runs, which in turn ends whatever the other steps wait for.
 */
final class StartupSteps implements AutoCloseable {

    private final LabFolder folder;
    private final Launcher launcher;
    private final Progress progress;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final ConcurrentLinkedQueue<CompletableFuture<?>> steps = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<Part> parts = new ConcurrentLinkedQueue<>();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    StartupSteps(LabFolder folder, Launcher launcher, Progress progress) {
        this.folder = folder;
        this.launcher = launcher;
        this.progress = progress;
    }

    <T> CompletableFuture<T> start(Supplier<T> step) {
        return watched(CompletableFuture.supplyAsync(guarded(step), threads));
    }

    /** Brings up a part once what it needs is there, and measures how long that takes. */
    <T> CompletableFuture<Part> part(CompletableFuture<T> need, Function<T, Part> bringUp) {
        return watched(need.thenApplyAsync(
                given -> guarded(() -> measured(() -> bringUp.apply(given))).get(), threads));
    }

    /** All parts once each is ready, or the first failure once no step runs any more. */
    List<Part> await() {
        for (CompletableFuture<?> step : steps) {
            step.exceptionally(alreadyKept -> null).join();
        }
        Throwable first = failure.get();
        if (first instanceof RuntimeException unchecked) {
            throw unchecked;
        }
        if (first instanceof Error error) {
            throw error;
        }
        return List.copyOf(parts);
    }

    @Override
    public void close() {
        threads.shutdown();
    }

    private Part measured(Supplier<Part> bringUp) {
        Deadline watch = Deadline.after(Duration.ZERO);
        Part part = bringUp.get();
        double seconds = watch.elapsed().toMillis() / 1000.0;
        Part ready = part.readyAfter(seconds);
        parts.add(ready);
        progress.report(
                "%s %s: ready in %s after %.1f s".formatted(part.name(), part.version(), part.place(), seconds));
        return ready;
    }

    private <T> CompletableFuture<T> watched(CompletableFuture<T> step) {
        steps.add(step);
        return step;
    }

    private <T> Supplier<T> guarded(Supplier<T> step) {
        return () -> {
            try {
                return step.get();
            } catch (RuntimeException | Error e) {
                if (failure.compareAndSet(null, e)) {
                    launcher.close();
                    LabProcesses.in(folder.path()).killAll();
                }
                throw new CompletionException(e);
            }
        };
    }
}
