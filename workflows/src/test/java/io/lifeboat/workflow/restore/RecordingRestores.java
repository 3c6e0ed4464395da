package io.lifeboat.workflow.restore;

import io.lifeboat.runbook.RunbookReader;
import io.lifeboat.workflow.FailureType;
import io.lifeboat.workflow.restore.RecoveryReceipt.Check;
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

/** The port of the restores over nothing but memory, and what was asked of it in which order. */
final class RecordingRestores implements RestoreActivities, RunbookActivities {
    static final Instant TARGET = Instant.parse("2026-11-22T04:00:01Z");

    final List<String> calls = Collections.synchronizedList(new ArrayList<>());
    final List<Recovering> recoveries = Collections.synchronizedList(new ArrayList<>());
    /** Stored bytes of the newest backup, by datastore; 0 for one that has none. */
    final Map<String, Long> sizes = new HashMap<>();

    /** When a backup was proven last, by policy. */
    final Map<String, Instant> proofs = new HashMap<>();

    private final Map<String, ApplicationFailure> failures = new HashMap<>();
    private final Path runbook;

    RecordingRestores(Path runbook) {
        this.runbook = runbook;
    }

    void fail(String call, FailureType type) {
        failures.put(call, type.failure("Cannot " + call + ": a test says so."));
    }

    @Override
    public PinnedRunbook load(String service) {
        return new PinnedRunbook(new RunbookReader().read(runbook).runbook(), "orders.yaml", "0".repeat(64));
    }

    @Override
    public ChosenBackup choose(Choosing request) {
        called("choose");
        long bytes = sizes.getOrDefault(request.datastore().name(), 1000L);
        if (bytes == 0) {
            throw FailureType.PRECONDITION_FAILED.failure("Cannot restore: there is no base backup yet.");
        }
        return new ChosenBackup(
                request.id().orElse("20261122T020000Z-" + request.policy().name()),
                "us-west-2",
                "lifeboat-backups",
                "42",
                Instant.parse("2026-11-22T02:00:05Z"),
                bytes,
                Optional.ofNullable(proofs.get(request.policy().name())));
    }

    @Override
    public MarkReceipt mark(Marking request) {
        called("mark");
        return new MarkReceipt(
                "us-east-1",
                request.at().orElse(TARGET),
                request.at().isPresent() ? Optional.empty() : Optional.of(1L),
                2,
                "42",
                1,
                "0/5000000",
                Optional.empty());
    }

    @Override
    public ArchiveReceipt awaitArchived(Archived request) {
        called("awaitArchived " + request.position());
        return new ArchiveReceipt(request.position(), 0.5);
    }

    @Override
    public RecoveryReceipt recover(Recovering request) {
        recoveries.add(request);
        called("recover");
        return new RecoveryReceipt(
                request.backup().id(),
                "0/4FFFFFF",
                Optional.of(TARGET),
                1,
                5000,
                0.5,
                2000,
                0.4,
                1.5,
                List.of(new Check("the database is writable", true, "answered \"f\"")));
    }

    @Override
    public ProofReceipt prove(Proving request) {
        called("prove " + request.id());
        return new ProofReceipt(request.id(), request.proven(), List.of("us-west-2", "us-east-1"));
    }

    @Override
    public TrimReceipt trim(Trimming request) {
        called("trim " + request.systemIdentifier());
        return new TrimReceipt("0/4000000", 2);
    }

    private void called(String call) {
        calls.add(call);
        Optional.ofNullable(failures.get(call.split(" ")[0])).ifPresent(failure -> {
            throw failure;
        });
    }
}
