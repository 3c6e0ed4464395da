package io.lifeboat.lab.bench.backup;

import io.lifeboat.activity.backup.BackupChain;
import io.lifeboat.activity.backup.BackupOrder;
import io.lifeboat.activity.backup.BackupPlace;
import io.lifeboat.activity.database.DatabaseInstance;
import io.lifeboat.lab.bench.backup.Meter.Cost;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;

/** Sends a stream of any length through the chain and back, in a JVM whose heap the caller bounds. */
public final class StreamBench {
    private static final BackupPlace PLACE = new BackupPlace(BenchStore.REGION, BenchStore.BUCKET, "bench", "stream");
    private static final String ID = "20261121T020000Z-bench";
    private static final DatabaseInstance NONE = new DatabaseInstance("none", BenchStore.REGION, "none");

    private StreamBench() {}

    /** @param arguments {@code FOLDER GIBIBYTES} */
    public static void main(String[] arguments) throws IOException {
        long bytes = Long.parseLong(arguments[1]) << 30;
        try (BenchStore store = new BenchStore(Path.of(arguments[0]))) {
            BackupChain chain = new BenchKeys().chain(region -> store.objects());
            Meter meter = new Meter(store.pid());
            print("there", bytes, meter.measure(store.pid(), true, () -> {
                chain.take(new SyntheticTaker(bytes), NONE, BackupOrder.of(PLACE, ID, Instant.EPOCH));
            }));
            print("back, every stored byte compared first", bytes, meter.measure(store.pid(), true, () -> {
                long read = chain.open(PLACE, ID, (manifest, parts) -> {
                    try (InputStream stream = parts.open(SyntheticTaker.PART)) {
                        return stream.transferTo(OutputStream.nullOutputStream());
                    }
                });
                if (read != bytes) {
                    throw new IOException(read + " bytes came back of " + bytes);
                }
            }));
        }
    }

    private static void print(String way, long bytes, Cost cost) throws IOException {
        System.out.printf(
                Locale.ROOT,
                "%d MiB %s: %.1f s, %.0f MiB/s, %.1f s of CPU; heap at most %d MiB, resident at most %s%n",
                bytes >> 20,
                way,
                cost.seconds(),
                (bytes >> 20) / cost.seconds(),
                cost.cpuSeconds(),
                Runtime.getRuntime().maxMemory() >> 20,
                mostResident());
    }

    /** By the kernel's own high-water mark. */
    private static String mostResident() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .map(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024 + " MiB")
                .findFirst()
                .orElse("unknown");
    }
}
