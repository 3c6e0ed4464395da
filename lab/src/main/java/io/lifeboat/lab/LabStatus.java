package io.lifeboat.lab;

import com.fasterxml.jackson.annotation.JsonValue;
import io.lifeboat.lab.process.LabProcess;
import io.lifeboat.lab.process.LabProcesses;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What of a lab runs now. */
public record LabStatus(int schemaVersion, String name, String folder, List<Row> parts) {

    private static final int SCHEMA_VERSION = 1;

    /** Whether a part runs. */
    public enum State {
        RUNNING,
        STOPPED,
        /** Its region's fence keeps it from running. */
        OFF;

        @Override
        @JsonValue
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * One part.
     *
     * @param region its region, or {@code outside}
     * @param address empty where it listens nowhere of its own
     * @param pid of its first process; 0 when none runs
     */
    public record Row(String region, String part, String address, long pid, State state) {}

    public LabStatus {
        parts = List.copyOf(parts);
    }

    /** The stable form for scripts. */
    public String toJson() {
        return LabFiles.json(this);
    }

    /** Looks at the parts that {@code up} started and at whatever else runs in a region's folder, the service for one. */
    static LabStatus of(LabFolder folder, List<Part> parts) {
        Map<Path, LabProcess> running = firstProcesses(folder);
        List<Row> rows = new ArrayList<>();
        for (Part part : parts) {
            LabProcess process = running.remove(Path.of(part.place(), part.folder()));
            rows.add(new Row(
                    part.place(),
                    part.name(),
                    part.address(),
                    process == null ? 0 : process.pid(),
                    state(folder, part.place(), process != null)));
        }
        running.forEach((where, process) -> rows.add(new Row(
                where.getName(0).toString(), String.valueOf(where.getFileName()), "", process.pid(), State.RUNNING)));
        rows.sort(Comparator.comparing(Row::region).thenComparing(Row::part));
        return new LabStatus(SCHEMA_VERSION, folder.name(), folder.path().toString(), rows);
    }

    /** Whether all parts in one place run. */
    boolean isWhole(String place) {
        return parts.stream().anyMatch(row -> row.region().equals(place))
                && parts.stream()
                        .filter(row -> row.region().equals(place))
                        .allMatch(row -> row.state() == State.RUNNING);
    }

    private static State state(LabFolder folder, String place, boolean runs) {
        if (runs) {
            return State.RUNNING;
        }
        return folder.isPoweredOff(place) ? State.OFF : State.STOPPED;
    }

    /** The oldest process of each part's folder. */
    private static Map<Path, LabProcess> firstProcesses(LabFolder folder) {
        Map<Path, LabProcess> first = new HashMap<>();
        for (LabProcess process : LabProcesses.in(folder.path()).list()) {
            Path below = folder.path().relativize(process.folder());
            Path part = below.getNameCount() > 1 ? below.subpath(0, 2) : below;
            first.merge(part, process, (a, b) -> a.pid() < b.pid() ? a : b);
        }
        return first;
    }
}
