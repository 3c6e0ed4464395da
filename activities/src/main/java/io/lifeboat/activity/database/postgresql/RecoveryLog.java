package io.lifeboat.activity.database.postgresql;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What a server said while it recovered, in PostgreSQL's own English. */
record RecoveryLog(List<String> lines) {
    private static final Pattern WRONG_SIZE =
            Pattern.compile("archive file \"([^\"]+)\" has wrong size: (\\d+) instead of (\\d+)");

    private static final Pattern WRONG_TIMELINE = Pattern.compile(
            "FATAL: +(recovery target timeline .+ does not exist|requested timeline .+ is not .+|requested timeline .+ does not contain .+)");

    /** Never seen at the clean end of a log, where zeros or an older record's page follow. */
    private static final Pattern DAMAGE = Pattern.compile(
            "LOG: +(incorrect resource manager data checksum in record at .+|invalid magic number (?!0000).+"
                    + "|invalid resource manager ID .+|invalid block_id .+|WAL file is from different database system.*)");

    private static final Pattern LAST_COMMIT = Pattern.compile("(?:last completed transaction was at log time"
            + "|recovery stopping after commit of transaction \\d+, time) (\\S+ \\S+)");

    private static final int QUOTED = 4;

    private static final DateTimeFormatter TIMESTAMP = new DateTimeFormatterBuilder()
            .appendPattern("yyyy-MM-dd HH:mm:ss")
            .appendFraction(ChronoField.MICRO_OF_SECOND, 0, 6, true)
            .appendPattern("x")
            .toFormatter(Locale.ROOT);

    static RecoveryLog read(Path file) throws IOException {
        return Files.exists(file)
                ? new RecoveryLog(new String(Files.readAllBytes(file), StandardCharsets.UTF_8)
                        .lines()
                        .toList())
                : new RecoveryLog(List.of());
    }

    /** A segment that has not the size of one, as an empty one has not. */
    Optional<String> wrongSize() {
        return find(WRONG_SIZE)
                .map(m -> "WAL segment " + m.group(1) + " has " + m.group(2) + " bytes instead of " + m.group(3))
                .findFirst();
    }

    Optional<String> wrongTimeline() {
        return find(WRONG_TIMELINE).map(m -> m.group(1)).findFirst();
    }

    /** What was wrong with the last record that could not be replayed. */
    Optional<String> damage() {
        return find(DAMAGE).map(m -> m.group(1)).findFirst();
    }

    boolean endedBeforeTarget() {
        return says("recovery ended before configured recovery target was reached");
    }

    boolean targetBeforeConsistency() {
        return says("requested recovery stop point is before consistent recovery point");
    }

    boolean endedBeforeConsistency() {
        return says("WAL ends before end of online backup") || says("WAL ends before consistent recovery point");
    }

    /** When the last transaction committed, on the source's clock, that was replayed. */
    Optional<Instant> lastCommit() {
        return find(LAST_COMMIT)
                .map(m -> OffsetDateTime.parse(m.group(1), TIMESTAMP).toInstant())
                .reduce((first, second) -> second);
    }

    /** The last lines. */
    String ending() {
        return String.join(" / ", lines.subList(Math.max(0, lines.size() - QUOTED), lines.size()));
    }

    private boolean says(String words) {
        return lines.stream().anyMatch(line -> line.contains(words));
    }

    private Stream<Matcher> find(Pattern pattern) {
        return lines.stream().map(pattern::matcher).filter(Matcher::find);
    }
}
