package io.lifeboat.lab.bench.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * Measures one backup or restore: the clock, processor time from the kernel's own books, and the highest sum of resident memory
 * that was seen, five times a second.
 */
final class Meter {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);
    private static final int TICKS_PER_SECOND = 100;
    private static final int PAGE = 4096;
    /** Servers that this JVM happens to have started. */
    private static final Set<String> NOT_OURS = Set.of("postgres", "weed");

    private final long store;

    /** @param store process of the object store */
    Meter(long store) {
        this.store = store;
    }

    /** What is measured. */
    interface Work {
        void run() throws IOException;
    }

    /**
     * @param cpuSeconds of the backup's own processes
     * @param serverCpuSeconds of PostgreSQL's
     * @param storeCpuSeconds of the object store's
     */
    record Cost(
            double seconds, double cpuSeconds, double serverCpuSeconds, double storeCpuSeconds, double peakMebibytes) {}

    /** @param withThisJvm whether this JVM is one of those that work */
    Cost measure(long server, boolean withThisJvm, Work work) throws IOException {
        Look look = new Look(withThisJvm);
        Thread watching = Thread.ofPlatform().daemon().start(look);
        double own = own(withThisJvm);
        double servers = tree(server);
        double stores = tree(store);
        long begun = System.nanoTime();
        try {
            work.run();
        } finally {
            look.ended = true;
        }
        double seconds = (System.nanoTime() - begun) / 1e9;
        Cost cost = new Cost(
                seconds,
                own(withThisJvm) - own,
                tree(server) - servers,
                tree(store) - stores,
                look.peak / (double) (1 << 20));
        watching.interrupt();
        return cost;
    }

    /** Of this process's children that have ended, and of itself. */
    private static double own(boolean withThisJvm) throws IOException {
        return seconds("self", withThisJvm, true);
    }

    /** Of a server that forks: what has ended stands in its own books. */
    private static double tree(long pid) throws IOException {
        double sum = seconds(Long.toString(pid), true, true);
        List<ProcessHandle> children = ProcessHandle.of(pid).stream()
                .flatMap(ProcessHandle::descendants)
                .toList();
        for (ProcessHandle child : children) {
            try {
                sum += seconds(Long.toString(child.pid()), true, true);
            } catch (IOException ended) {
                // Since it was listed; its parent's books were read before, so that it is missed once.
            }
        }
        return sum;
    }

    private static double seconds(String pid, boolean itself, boolean children) throws IOException {
        String stat = Files.readString(Path.of("/proc", pid, "stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        long ticks = 0;
        if (itself) {
            ticks += Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
        }
        if (children) {
            ticks += Long.parseLong(fields[13]) + Long.parseLong(fields[14]);
        }
        return ticks / (double) TICKS_PER_SECOND;
    }

    private static final class Look implements Runnable {
        private final boolean withThisJvm;
        private volatile boolean ended;
        private volatile long peak;

        Look(boolean withThisJvm) {
            this.withThisJvm = withThisJvm;
        }

        @Override
        public void run() {
            while (!ended) {
                ProcessHandle self = ProcessHandle.current();
                Stream<ProcessHandle> seen =
                        withThisJvm ? Stream.concat(Stream.of(self), self.descendants()) : self.descendants();
                peak = Math.max(peak, seen.mapToLong(Look::resident).sum());
                LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
            }
        }

        private static long resident(ProcessHandle process) {
            try {
                Path folder = Path.of("/proc", Long.toString(process.pid()));
                String name = Files.readString(folder.resolve("comm")).strip();
                return NOT_OURS.contains(name)
                        ? 0
                        : Long.parseLong(Files.readString(folder.resolve("statm"))
                                        .split(" ")[1])
                                * PAGE;
            } catch (IOException ended) {
                return 0;
            }
        }
    }
}
