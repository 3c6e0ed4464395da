package io.lifeboat.workflow.backup;

import io.lifeboat.runbook.RunbookReader;
import io.lifeboat.workflow.FailureType;
import io.lifeboat.workflow.runbook.PinnedRunbook;
import io.lifeboat.workflow.runbook.RunbookActivities;
import io.temporal.failure.ApplicationFailure;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** The port of the backups over nothing but memory, and what was asked of it in which order. */
final class RecordingBackups implements BackupActivities, WalActivities, RunbookActivities {
    private static final Path RUNBOOK = Path.of("src/test/resources/io/lifeboat/workflow/backup/two-datastores.yaml");

    final List<String> calls = Collections.synchronizedList(new ArrayList<>());
    final Map<String, ApplicationFailure> failures = Collections.synchronizedMap(new HashMap<>());
    final CountDownLatch go = new CountDownLatch(1);
    final CountDownLatch planned = new CountDownLatch(1);
    volatile Path runbook = RUNBOOK;
    volatile boolean nothingDue;
    volatile boolean waits;

    @Override
    public PinnedRunbook load(String service) {
        return new PinnedRunbook(new RunbookReader().read(runbook).runbook(), "two-datastores.yaml", "0".repeat(64));
    }

    @Override
    public BackupPlan plan(Planning request) {
        called("plan");
        List<BackupPlan.Due> due = BackupSelection.datastores(request.runbook(), request.datastore()).stream()
                .flatMap(d -> d.backups().stream().map(p -> new BackupPlan.Due(d, p, "20261121T020000Z-" + p.name())))
                .toList();
        planned.countDown();
        if (waits) {
            await(go);
        }
        return nothingDue ? new BackupPlan(List.of(), List.of("a", "b")) : new BackupPlan(due, List.of());
    }

    @Override
    public GapReceipt acceptGap(AcceptingGap request) {
        called("acceptGap " + request.datastore() + " by " + request.by() + ": " + request.reason());
        return new GapReceipt(request.datastore(), request.policy().in().region(), 1, "0/3000000", request.by());
    }

    @Override
    public BackupReceipt take(Taking request) {
        called("take " + request.datastore().name());
        return new BackupReceipt(
                request.datastore().name(),
                request.policy().name(),
                request.id(),
                "us-east-1",
                request.policy().in().region(),
                1_000_000,
                250_000,
                3,
                4_000,
                Instant.parse("2026-11-21T02:00:01Z"),
                Map.of("lsn", "0/1"),
                1.5,
                Optional.ofNullable(unusual.get(request.datastore().name())));
    }

    @Override
    public CopyReceipt copy(Copying request) {
        called("copy " + request.datastore() + " to " + request.to().region());
        return new CopyReceipt(
                request.datastore(),
                request.id(),
                request.policy().in().region(),
                request.to().region(),
                250_000,
                List.of(),
                List.of(),
                0.5);
    }

    @Override
    public BackupDetail show(Showing request) {
        throw new AssertionError("no run of these tests shows a backup");
    }

    @Override
    public VerifyReceipt verify(Verifying request) {
        called("verify " + request.datastore() + " in " + request.in().region());
        return new VerifyReceipt(
                request.datastore(),
                request.id(),
                request.in().region(),
                2,
                250_000,
                List.of("escrow"),
                List.of(),
                0.5);
    }

    @Override
    public RetentionReceipt prune(Pruning request) {
        called("prune " + request.datastore() + " in " + request.in().region() + (request.planOnly() ? " (plan)" : ""));
        return new RetentionReceipt(
                request.datastore(),
                request.policy().name(),
                request.in().region(),
                request.in().bucket(),
                request.planOnly(),
                List.of(),
                List.of(),
                List.of(),
                Optional.empty());
    }

    @Override
    public BackupListing list(Listing request) {
        called("list");
        return new BackupListing(1, request.service(), Instant.EPOCH, List.of(), List.of());
    }

    private void called(String call) {
        calls.add(call);
        Optional.ofNullable(failures.get(call)).ifPresent(failure -> {
            throw failure;
        });
    }

    /** What is said of a backup's size, by datastore. */
    final Map<String, String> unusual = new HashMap<>();

    void fail(String call, FailureType type) {
        failures.put(call, type.failure("Cannot " + call + ": a test says so."));
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
