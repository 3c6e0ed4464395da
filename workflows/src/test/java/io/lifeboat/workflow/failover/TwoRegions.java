package io.lifeboat.workflow.failover;

import static io.lifeboat.workflow.failover.Orders.EAST;
import static io.lifeboat.workflow.failover.Orders.WEST;

import io.lifeboat.workflow.FailureType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * The state of two regions, changed by the recording ports of a test, with the invariants of the design checked after every
 * call: I1 (one writable database in an epoch), I2 (traffic only to a verified target, weights never sum to zero).
 */
final class TwoRegions {
    /** What a port does instead of answering. */
    enum Fault {
        /** Nothing happens, and the caller hears of it. */
        FAIL_BEFORE,
        /** The effect happens, and the caller hears of a failure. */
        LOSE_REPLY,
        /** Nothing happens, and trying again cannot help. */
        FAIL_FOR_GOOD
    }

    boolean eastAlive;
    boolean eastWritable;
    boolean westWritable;
    boolean databaseFenceWorks;
    boolean powerFenceWorks = true;
    boolean westVerified;
    boolean schedulesPaused;
    long epoch;
    String epochHolder = "";
    String activeRegion = EAST;
    final Map<String, Integer> weights = new TreeMap<>(Map.of(EAST, 100, WEST, 0));
    final Map<String, Integer> replicas = new TreeMap<>();
    final Map<String, Boolean> cronSuspended = new TreeMap<>(Map.of(EAST, false, WEST, true));
    final List<String> calls = new ArrayList<>();
    final List<String> violations = new ArrayList<>();

    private final Map<String, Deque<Fault>> faults = new ConcurrentHashMap<>();
    private final Map<String, CountDownLatch> gates = new ConcurrentHashMap<>();

    /** The primary region is gone; only its machines' power switch answers. */
    static TwoRegions withDeadEast() {
        return new TwoRegions();
    }

    /** Both regions are up; the failover is asked for all the same. */
    static TwoRegions withLiveEast() {
        TwoRegions regions = new TwoRegions();
        regions.eastAlive = true;
        regions.eastWritable = true;
        regions.databaseFenceWorks = true;
        return regions;
    }

    void inject(String activityType, Fault... next) {
        faults.computeIfAbsent(activityType, k -> new ArrayDeque<>()).addAll(List.of(next));
    }

    /** The next call of this activity waits until the returned latch is counted down. */
    CountDownLatch block(String activityType) {
        CountDownLatch latch = new CountDownLatch(1);
        gates.put(activityType, latch);
        return latch;
    }

    synchronized boolean hasSeen(String call) {
        return calls.contains(call);
    }

    synchronized List<String> seen() {
        return List.copyOf(calls);
    }

    /** Runs one call of a port: the fault that is due, then the effect, then the invariants. */
    <T> T call(String activityType, String what, Supplier<T> effect) {
        synchronized (this) {
            calls.add(activityType + (what.isEmpty() ? "" : " " + what));
        }
        CountDownLatch gate = gates.get(activityType);
        if (gate != null) {
            awaitLatch(gate);
        }
        synchronized (this) {
            Deque<Fault> due = faults.get(activityType);
            Fault fault = due == null ? null : due.poll();
            if (fault == Fault.FAIL_FOR_GOOD) {
                throw FailureType.PRECONDITION_FAILED.failure("Injected: " + activityType + " cannot be done.");
            }
            if (fault == Fault.FAIL_BEFORE) {
                throw FailureType.UNAVAILABLE.failure("Injected: " + activityType + " did not answer.");
            }
            T result = effect.get();
            checkInvariants(activityType);
            if (fault == Fault.LOSE_REPLY) {
                throw FailureType.UNAVAILABLE.failure("Injected: the reply of " + activityType + " was lost.");
            }
            return result;
        }
    }

    private void checkInvariants(String after) {
        if (eastWritable && westWritable) {
            violations.add("I1 after " + after + ": both regions accept writes");
        }
        if (weights.values().stream().mapToInt(Integer::intValue).sum() == 0) {
            violations.add("I2 after " + after + ": weights sum to zero");
        }
        if (weights.get(WEST) > 0 && !westVerified) {
            violations.add("I2 after " + after + ": traffic points at a region that is not verified");
        }
    }

    private static void awaitLatch(CountDownLatch gate) {
        try {
            if (!gate.await(60, TimeUnit.SECONDS)) {
                throw new IllegalStateException("a test forgot to open its gate");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
