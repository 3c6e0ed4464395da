package io.lifeboat.activity.database.postgresql.pgbackrest;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How far pgBackRest is, from a line such as {@code P02 DETAIL: backup file /data/base/5/1247 (bundle 1/2785440, 1.4MB, 99.73%) checksum ...} for each
 * file. Its sizes are rounded, which is good enough for a person who watches.
 */
final class TransferLog {
    private static final Pattern FILE = Pattern.compile("([0-9.]+)([KMGTP]?)B, ([0-9.]+)%\\)");
    private static final List<String> UNITS = List.of("", "K", "M", "G", "T", "P");

    private TransferLog() {}

    /**
     * Reads to the end.
     *
     * @param progress told the bytes so far, after each file
     */
    static void follow(InputStream output, LongConsumer progress) throws IOException {
        BufferedReader lines = new BufferedReader(new InputStreamReader(output, StandardCharsets.UTF_8));
        long bytes = 0;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            Matcher file = FILE.matcher(line);
            if (file.find()) {
                bytes += bytes(file);
                progress.accept(bytes);
            }
        }
    }

    private static long bytes(MatchResult file) {
        return Math.round(Double.parseDouble(file.group(1)) * Math.pow(1024, UNITS.indexOf(file.group(2))));
    }

    /** The share that the last file of a log completes, from 0 to 1. */
    static Optional<Double> share(String log) {
        return FILE.matcher(log)
                .results()
                .reduce((first, second) -> second)
                .map(m -> Double.parseDouble(m.group(3)) / 100);
    }
}
