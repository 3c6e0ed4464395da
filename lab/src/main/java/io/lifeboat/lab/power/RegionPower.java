package io.lifeboat.lab.power;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** The power switch of one region. Every call may be repeated, and calls at the same moment do not disturb each other. */
final class RegionPower {

    private static final Duration LONGEST = Duration.ofSeconds(8);
    private static final Duration PAUSE = Duration.ofMillis(5);

    private final String region;
    private final Path fence;
    private final RegionProcesses processes;

    /**
     * The switch of a region.
     *
     * @param fence the marker: while this file exists nothing may be started in the region
     */
    RegionPower(String region, Path fence, RegionProcesses processes) {
        this.region = region;
        this.fence = fence;
        this.processes = processes;
    }

    /** Looks. */
    PowerState state() {
        return PowerState.of(region, Files.exists(fence), processes.running().size());
    }

    /**
     * Forbids new processes first, then kills until none is left.
     *
     * @throws IOException when the marker cannot be written, or something is still there after a while
     */
    PowerState off() throws IOException {
        forbid();
        long deadline = System.nanoTime() + LONGEST.toNanos();
        // A child born during one look can be missed by it, but not by the next: its parent is dead by then.
        for (int emptyLooks = 0; emptyLooks < 2; ) {
            List<ProcessHandle> left = processes.running();
            emptyLooks = left.isEmpty() ? emptyLooks + 1 : 0;
            if (!left.isEmpty()) {
                if (System.nanoTime() - deadline > 0) {
                    throw stillThere(left);
                }
                left.forEach(ProcessHandle::destroyForcibly);
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
        return state();
    }

    /** Lifts the fence; starts nothing. */
    PowerState on() throws IOException {
        Files.deleteIfExists(fence);
        return state();
    }

    private IOException stillThere(List<ProcessHandle> left) {
        return new IOException("Cannot power off \"" + region + "\": processes "
                + left.stream().map(ProcessHandle::pid).toList() + " were still there after " + LONGEST.toSeconds()
                + " s of killing. Look at them; the region stays fenced.");
    }

    private void forbid() throws IOException {
        try {
            Files.writeString(fence, "The fence agent powered " + region + " off. Lift the fence there.\n");
        } catch (IOException e) {
            throw new IOException(
                    "Cannot power off \"" + region + "\": its fence \"" + fence + "\" cannot be written: "
                            + e.getMessage() + ". Nothing was killed, because it could start again.",
                    e);
        }
    }
}
