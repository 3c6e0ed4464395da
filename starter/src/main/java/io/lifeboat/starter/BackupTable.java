package io.lifeboat.starter;

import io.lifeboat.workflow.backup.BackupListing;
import io.lifeboat.workflow.backup.BackupListing.Listed;
import io.lifeboat.workflow.backup.BackupListing.Series;
import io.lifeboat.workflow.backup.ByteCount;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A listing for people: a table for each policy, and every problem in a sentence. */
record BackupTable(BackupListing listing) {
    private static final List<String> HEADS = List.of("BACKUP", "AGE", "SIZE", "IN", "PROVEN");

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (Series series : listing.series()) {
            lines.add(series.datastore() + " " + series.policy() + " (" + series.method() + ", every "
                    + age(Duration.ofSeconds(series.everySeconds())) + "): " + series.count()
                    + (series.count() == 1 ? " backup, " : " backups, ")
                    + (series.backups().size() < series.count()
                            ? "the newest " + series.backups().size() + ": "
                            : "")
                    + ByteCount.text(series.storedBytes()) + " in all places");
            lines.addAll(table(series));
            lines.add("");
        }
        problems().forEach(problem -> lines.add("! " + problem));
        return lines;
    }

    /** What a person should look at; empty when all is well. */
    List<String> problems() {
        List<String> problems = new ArrayList<>(listing.unreadable());
        listing.series().forEach(series -> problems.addAll(problems(series)));
        return problems;
    }

    private List<String> problems(Series series) {
        List<String> problems = new ArrayList<>();
        String what = series.datastore() + " " + series.policy();
        Optional<Listed> newest =
                series.backups().stream().filter(Listed::exists).findFirst();
        if (newest.isEmpty()) {
            problems.add(what + " has no backup. Take one with 'lifeboat backup " + listing.service() + "'.");
        } else if (since(newest.get().takenAt()).toSeconds() > 2 * series.everySeconds()) {
            problems.add(what + " is overdue: its newest backup is "
                    + age(since(newest.get().takenAt())) + " old, and the policy asks for one every "
                    + age(Duration.ofSeconds(series.everySeconds())) + ".");
        }
        for (Listed backup : series.backups()) {
            if (backup.exists() && !backup.missingIn().isEmpty()) {
                problems.add(backup.id() + " is missing in " + String.join(", ", backup.missingIn())
                        + ". The next backup run copies it.");
            }
            if (!backup.unfinishedIn().isEmpty()) {
                problems.add(backup.id() + " has no manifest in " + String.join(", ", backup.unfinishedIn())
                        + ": it is being written, or was never finished. The next run clears it away.");
            }
        }
        return problems;
    }

    private List<String> table(Series series) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(HEADS);
        series.backups().stream().filter(Listed::exists).map(this::row).forEach(rows::add);
        int[] widths = new int[HEADS.size()];
        rows.forEach(row -> {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        });
        return rows.stream().map(row -> "  " + line(row, widths)).toList();
    }

    private List<String> row(Listed backup) {
        return List.of(
                backup.id(),
                age(since(backup.takenAt())),
                ByteCount.text(backup.storedBytes()),
                String.join(", ", backup.regions()),
                backup.provenAt().map(at -> age(since(at)) + " ago").orElse("never"));
    }

    private static String line(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            line.append(row.get(i)).append(" ".repeat(widths[i] - row.get(i).length() + 2));
        }
        return line.toString().stripTrailing();
    }

    private Duration since(Instant then) {
        return Duration.between(then, listing.listedAt());
    }

    /** In the largest unit that leaves at least two, as an age is spoken of. */
    static String age(Duration age) {
        long seconds = Math.max(0, age.toSeconds());
        if (seconds < 120) {
            return seconds + " s";
        }
        if (seconds < 2 * 3600) {
            return seconds / 60 + " min";
        }
        return seconds < 2 * 86_400 ? seconds / 3600 + " h" : seconds / 86_400 + " d";
    }
}
