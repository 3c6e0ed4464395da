package io.lifeboat.lab.bench.backup;

import io.lifeboat.lab.bench.backup.BackupSample.Figures;
import io.lifeboat.lab.bench.backup.BackupSample.Phase;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** The table of bench/README.md, and whether each target is met. What failed is counted, and nothing is judged by the rest. */
record BackupTable(List<BackupSample> samples) {
    private static final List<Target> TARGETS = List.of(
            new Target("lifeboat-logical", "gzip", Phase.BACKUP, 1 / 3.0),
            new Target("lifeboat-logical", "pipeline", Phase.BACKUP, 1.1),
            new Target("lifeboat-logical", "pipeline", Phase.RESTORE, 1.0),
            new Target("lifeboat-base", "pgbackrest-s3", Phase.BACKUP, 1.1),
            new Target("lifeboat-base", "pgbackrest-s3", Phase.RESTORE, 1.1),
            new Target("lifeboat-base", "pgbackrest", Phase.BACKUP, 1.1),
            new Target("lifeboat-base", "pgbackrest", Phase.RESTORE, 1.1));

    /** Fewer say too little to judge by. */
    private static final int ENOUGH = 5;

    /** @param most times the other's seconds */
    private record Target(String ours, String other, Phase phase, double most) {}

    BackupTable {
        samples = List.copyOf(samples);
    }

    String markdown() {
        StringBuilder text = new StringBuilder();
        for (Phase phase : Phase.values()) {
            text.append("| ").append(phase).append("""
                     by | done | failed | median | min | max | CPU: its own | PostgreSQL's | the store's | all | peak memory | stored |
                    |---|---|---|---|---|---|---|---|---|---|---|---|
                    """);
            contenders().forEach(contender -> text.append(row(contender, phase)));
            text.append('\n');
        }
        TARGETS.forEach(target -> text.append(verdict(target)).append('\n'));
        return text.toString();
    }

    private List<String> contenders() {
        return samples.stream().map(BackupSample::contender).distinct().toList();
    }

    private String row(String contender, Phase phase) {
        List<Figures> done = done(contender, phase);
        String head = "| " + contender + " | " + done.size() + " | " + failed(contender, phase) + " |";
        if (done.isEmpty()) {
            return head + " | | | | | | | | |\n";
        }
        return head
                + String.format(
                        Locale.ROOT,
                        " %.1f s | %.1f s | %.1f s | %.1f s | %.1f s | %.1f s | %.1f s | %.0f MiB | %.0f MiB |%n",
                        median(done, f -> f.cost().seconds()),
                        done.stream().mapToDouble(f -> f.cost().seconds()).min().orElseThrow(),
                        done.stream().mapToDouble(f -> f.cost().seconds()).max().orElseThrow(),
                        median(done, f -> f.cost().cpuSeconds()),
                        median(done, f -> f.cost().serverCpuSeconds()),
                        median(done, f -> f.cost().storeCpuSeconds()),
                        median(done, BackupTable::cpu),
                        median(done, f -> f.cost().peakMebibytes()),
                        median(done, f -> f.storedBytes() / (double) (1 << 20)));
    }

    private String verdict(Target target) {
        String what = "- " + target.phase() + ", " + target.ours() + " against " + target.other() + ": ";
        for (String contender : List.of(target.ours(), target.other())) {
            if (done(contender, target.phase()).isEmpty()) {
                return what + "not judged, " + contender + " has no result.";
            }
            long failed = failed(contender, target.phase());
            if (failed > 0) {
                return what + "not judged, " + contender + " failed " + failed + " times.";
            }
        }
        List<Figures> ours = done(target.ours(), target.phase());
        List<Figures> others = done(target.other(), target.phase());
        double ratio = median(ours, f -> f.cost().seconds())
                / median(others, f -> f.cost().seconds());
        double cpu = median(ours, BackupTable::cpu) / median(others, BackupTable::cpu);
        return what
                + String.format(
                        Locale.ROOT,
                        "%.2f times its seconds, %.2f times its CPU; at most %.2f times the seconds is the target: **%s**%s.",
                        ratio,
                        cpu,
                        target.most(),
                        ratio <= target.most() ? "met" : "missed",
                        reservation(Math.min(ours.size(), others.size())));
    }

    private static String reservation(int runs) {
        return runs < ENOUGH ? ", by " + runs + " instead of " + ENOUGH + " runs" : "";
    }

    private List<Figures> done(String contender, Phase phase) {
        return of(contender, phase).stream()
                .map(BackupSample::figures)
                .flatMap(Optional::stream)
                .toList();
    }

    private long failed(String contender, Phase phase) {
        return of(contender, phase).stream()
                .filter(sample -> sample.figures().isEmpty())
                .count();
    }

    private List<BackupSample> of(String contender, Phase phase) {
        return samples.stream()
                .filter(sample -> sample.contender().equals(contender) && sample.phase() == phase)
                .toList();
    }

    private static double cpu(Figures figures) {
        return figures.cost().cpuSeconds()
                + figures.cost().serverCpuSeconds()
                + figures.cost().storeCpuSeconds();
    }

    private static double median(List<Figures> figures, ToDoubleFunction<Figures> which) {
        List<Double> sorted = new ArrayList<>(
                figures.stream().map(which::applyAsDouble).sorted().toList());
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
}
