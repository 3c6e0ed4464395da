package io.lifeboat.lab.bench.backup;

import io.lifeboat.lab.LabException;
import io.lifeboat.lab.bench.backup.BackupSample.Figures;
import io.lifeboat.lab.bench.backup.BackupSample.Phase;
import io.lifeboat.lab.bench.backup.PgBackRestContender.Repository;
import io.lifeboat.lab.tool.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Alternates the contenders on the clusters that bench/backup/run.sh has put up, in this one JVM as a worker is one, and writes a
 * line for every backup and every restore.
 */
public final class BackupBench {
    private static final String LOGICAL = "18";
    private static final String PHYSICAL = "15";

    private final Path folder;
    private final Path scripts;
    private final Path results;
    private final String password;

    private BackupBench(Path folder, Path scripts, Path results) {
        this.folder = folder;
        this.scripts = scripts;
        this.results = results;
        this.password = required("BENCH_PASSWORD");
    }

    /** @param arguments {@code FOLDER SCRIPTS RESULTS ROUNDS CONTENDER...}, or {@code table RESULTS} */
    public static void main(String[] arguments) throws IOException {
        if (arguments[0].equals("table")) {
            print(Path.of(arguments[1]));
            return;
        }
        BackupBench bench = new BackupBench(Path.of(arguments[0]), Path.of(arguments[1]), Path.of(arguments[2]));
        bench.run(Integer.parseInt(arguments[3]), List.of(arguments).subList(4, arguments.length));
    }

    private static void print(Path results) throws IOException {
        List<BackupSample> samples =
                Files.readAllLines(results).stream().map(BackupSample::parse).toList();
        System.out.print(new BackupTable(samples).markdown());
    }

    private void run(int rounds, List<String> names) throws IOException {
        for (int round = 1; round <= rounds; round++) {
            System.err.printf("round %d of %d%n", round, rounds);
            round(names);
        }
    }

    /** With a new store: what is deleted in one takes its room until it tidies up, at a time of its own choice. */
    private void round(List<String> names) throws IOException {
        Path work = folder.resolve("work");
        Folders.remove(work);
        Files.createDirectories(work);
        try (BenchStore store = new BenchStore(folder)) {
            BenchKeys keys = new BenchKeys();
            List<Contender> contenders = new ArrayList<>();
            for (String name : names) {
                contenders.add(contender(name, store, work, keys));
            }
            Meter meter = new Meter(store.pid());
            for (Contender contender : contenders) {
                System.err.println(contender.name());
                new Turn(contender, meter).run();
            }
        }
    }

    private Contender contender(String name, BenchStore store, Path work, BenchKeys keys) throws IOException {
        return switch (name) {
            case "gzip", "pipeline" ->
                new ScriptContender(name, scripts.resolve(name + ".sh"), cluster(LOGICAL), store, work, keys);
            case "lifeboat-logical" -> new LogicalContender(cluster(LOGICAL), store, keys);
            case "pgbackrest" -> pgBackRest(Repository.LOCAL, store, work, keys);
            case "pgbackrest-s3" -> pgBackRest(Repository.BUCKET, store, work, keys);
            case "lifeboat-base" -> new BaseBackupContender(cluster(PHYSICAL), store, work, keys);
            default -> throw LabException.usage("Cannot measure \"" + name + "\": there is no such contender.");
        };
    }

    private Contender pgBackRest(Repository repository, BenchStore store, Path work, BenchKeys keys)
            throws IOException {
        return new PgBackRestContender(repository, scripts, cluster(PHYSICAL), store, work, keys);
    }

    private Cluster cluster(String version) {
        return new Cluster(
                Path.of(required("BENCH_PROGRAMS_" + version)),
                folder.resolve(version),
                Integer.parseInt(required("BENCH_PORT_" + version)),
                password);
    }

    private static String required(String variable) {
        return Optional.ofNullable(System.getenv(variable))
                .orElseThrow(() -> LabException.usage("Cannot run the bench: " + variable
                        + " is not set. Start it by bench/backup/run.sh, which sets it."));
    }

    private interface Question {
        boolean answer() throws IOException;
    }

    /** A backup and its restore; a failure is a result, too, and not repeated. */
    private final class Turn {
        private final Contender contender;
        private final Meter meter;

        Turn(Contender contender, Meter meter) {
            this.contender = contender;
            this.meter = meter;
        }

        void run() throws IOException {
            contender.tidy();
            long expected = Cluster.rows(contender.source().instance(Cluster.DATABASE));
            if (measured(Phase.BACKUP, contender::backUp, () -> true)) {
                measured(Phase.RESTORE, contender::restore, () -> contender.restoredRows() == expected);
            }
            contender.tidy();
        }

        /** @param good whether it did what it says, asked afterwards */
        private boolean measured(Phase phase, Meter.Work work, Question good) throws IOException {
            contender.source().settle();
            Optional<Figures> figures = Optional.empty();
            try {
                Meter.Cost cost = meter.measure(contender.source().pid(), contender.inThisJvm(), work);
                if (good.answer()) {
                    figures = Optional.of(new Figures(cost, contender.storedBytes()));
                } else {
                    System.err.println(contender.name() + ": " + phase + " ended well, but rows are missing");
                }
            } catch (RuntimeException e) {
                System.err.println(contender.name() + ": " + phase + " failed: " + e.getMessage());
            }
            write(new BackupSample(contender.name(), phase, figures));
            return figures.isPresent();
        }
    }

    private void write(BackupSample sample) throws IOException {
        Files.writeString(results, sample.line() + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
