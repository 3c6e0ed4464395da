package io.lifeboat.lab.bench.backup;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A line of results.csv: one backup or restore of one contender.
 *
 * @param figures absent for one that failed
 */
record BackupSample(String contender, Phase phase, Optional<Figures> figures) {
    private static final String FAILED = "failed";
    private static final int COLUMNS = 8;

    /** Which way. */
    enum Phase {
        BACKUP,
        RESTORE;

        static Phase parse(String text) {
            return valueOf(text.toUpperCase(Locale.ROOT));
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** @param storedBytes what the backup takes in its store */
    record Figures(Meter.Cost cost, long storedBytes) {}

    /** Strict: a line that is not understood is no line to leave out. */
    static BackupSample parse(String line) {
        List<String> words = List.of(line.split(",", -1));
        try {
            if (words.size() == 3 && words.get(2).equals(FAILED)) {
                return new BackupSample(words.get(0), Phase.parse(words.get(1)), Optional.empty());
            }
            if (words.size() == COLUMNS) {
                Meter.Cost cost = new Meter.Cost(
                        Double.parseDouble(words.get(2)),
                        Double.parseDouble(words.get(3)),
                        Double.parseDouble(words.get(4)),
                        Double.parseDouble(words.get(5)),
                        Double.parseDouble(words.get(6)));
                return new BackupSample(
                        words.get(0),
                        Phase.parse(words.get(1)),
                        Optional.of(new Figures(cost, Long.parseLong(words.get(7)))));
            }
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("Cannot read the result \"" + line + "\": " + e.getMessage(), e);
        }
        throw new IllegalArgumentException("Cannot read the result \"" + line + "\": it has " + words.size()
                + " columns, and " + COLUMNS + " or \"" + FAILED + "\" are expected.");
    }

    String line() {
        return figures.map(f -> String.format(
                        Locale.ROOT,
                        "%s,%s,%.3f,%.2f,%.2f,%.2f,%.1f,%d",
                        contender,
                        phase,
                        f.cost().seconds(),
                        f.cost().cpuSeconds(),
                        f.cost().serverCpuSeconds(),
                        f.cost().storeCpuSeconds(),
                        f.cost().peakMebibytes(),
                        f.storedBytes()))
                .orElseGet(() -> contender + "," + phase + "," + FAILED);
    }
}
