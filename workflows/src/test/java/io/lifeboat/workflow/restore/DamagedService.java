package io.lifeboat.workflow.restore;

import io.lifeboat.runbook.Client;
import io.lifeboat.runbook.Runbook;
import io.lifeboat.runbook.RunbookReader;
import io.lifeboat.workflow.FailureType;
import io.lifeboat.workflow.client.ClientActivities;
import io.lifeboat.workflow.client.ClientRecord;
import io.lifeboat.workflow.epoch.Epoch;
import io.lifeboat.workflow.epoch.EpochActivities;
import io.lifeboat.workflow.epoch.EpochReceipt;
import io.lifeboat.workflow.failover.Assessment;
import io.lifeboat.workflow.failover.Assessment.DatabaseRole;
import io.lifeboat.workflow.failover.Assessment.DatabaseView;
import io.lifeboat.workflow.failover.Assessment.RegionView;
import io.lifeboat.workflow.failover.AssessmentActivities;
import io.lifeboat.workflow.fence.FenceActivities;
import io.lifeboat.workflow.fence.FenceReceipt;
import io.lifeboat.workflow.report.ReportActivities;
import io.lifeboat.workflow.report.ReportLinks;
import io.lifeboat.workflow.report.RunReport;
import io.lifeboat.workflow.restore.RecoveryReceipt.Check;
import io.lifeboat.workflow.runbook.PinnedRunbook;
import io.lifeboat.workflow.runbook.RunbookActivities;
import io.lifeboat.workflow.schedule.ScheduleActivities;
import io.lifeboat.workflow.verification.VerificationActivities;
import io.lifeboat.workflow.verification.VerificationReceipt;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A service whose database is damaged, behind every port of a restore over production. After each call it is checked that no copy
 * has the service's name before it was found good, that nothing is written while the databases change places, and that the damaged
 * one is never gone.
 */
final class DamagedService
        implements RunbookActivities,
                AssessmentActivities,
                EpochActivities,
                FenceActivities,
                VerificationActivities,
                ClientActivities,
                ReportActivities,
                ScheduleActivities,
                RestoreActivities,
                ReplacementActivities {
    /** What a port does instead of answering. */
    enum Fault {
        /** Nothing happens, and the caller hears of it. */
        FAIL_BEFORE,
        /** The effect happens, and the caller hears of a failure. */
        LOSE_REPLY,
        /** Nothing happens, and trying again cannot help. */
        FAIL_FOR_GOOD
    }

    static final String REGION = "us-east-1";
    static final String SERVICE = "orders";
    static final String COPY = "orders_restored_1";
    static final String ASIDE = "orders_damaged_1";
    static final Instant HELD = Instant.parse("2026-11-21T02:00:00Z");

    final List<String> calls = new ArrayList<>();
    final List<String> violations = new ArrayList<>();
    final List<RunReport> reports = new ArrayList<>();

    /** Which database holds what, by name. */
    final Map<String, String> databases = new HashMap<>(Map.of(SERVICE, "damaged"));

    final Runbook runbook = new RunbookReader()
            .read(Path.of("..", "runbooks", "catalog", "orders.yaml"))
            .runbook();

    DatabaseRole role = DatabaseRole.PRIMARY;

    /** How many looks at the database get no answer before one does. */
    int silentLooks;

    boolean writersRun = true;
    boolean open = true;
    boolean proofByKubernetes = true;
    boolean schedulesPaused;
    boolean copyIsGood;
    boolean archived;
    long epoch;
    String holder = "";

    private final Map<String, Deque<Fault>> faults = new HashMap<>();

    synchronized void inject(String activity, Fault fault) {
        faults.computeIfAbsent(activity, key -> new ArrayDeque<>()).add(fault);
    }

    synchronized List<String> seen() {
        return List.copyOf(calls);
    }

    private synchronized <T> T call(String activity, String what, Supplier<T> effect) {
        calls.add(what.isEmpty() ? activity : activity + " " + what);
        Deque<Fault> due = faults.get(activity);
        Fault fault = due == null ? null : due.poll();
        if (fault == Fault.FAIL_FOR_GOOD) {
            throw FailureType.PRECONDITION_FAILED.failure("Injected: " + activity + " cannot be done.");
        }
        if (fault == Fault.FAIL_BEFORE) {
            throw FailureType.UNAVAILABLE.failure("Injected: " + activity + " did not answer.");
        }
        T result = effect.get();
        check(activity);
        if (fault == Fault.LOSE_REPLY) {
            throw FailureType.UNAVAILABLE.failure("Injected: the reply of " + activity + " was lost.");
        }
        return result;
    }

    private void check(String after) {
        if (!databases.containsValue("damaged")) {
            violations.add("after " + after + ": the damaged database is gone");
        }
        boolean replaced = "restored".equals(databases.get(SERVICE));
        if (replaced && !copyIsGood) {
            violations.add("after " + after + ": a copy that was not found good has taken the place");
        }
        if (databases.size() > 1 && (writersRun || open) && !replaced) {
            violations.add("after " + after + ": something writes while the copy is made");
        }
    }

    @Override
    public PinnedRunbook load(String service) {
        return call("Runbook_Load", "", () -> new PinnedRunbook(runbook, "orders.yaml", "ab".repeat(32)));
    }

    @Override
    public Assessment assess(Runbook asked) {
        return call(
                "Assessment_Assess",
                "",
                () -> new Assessment(
                        REGION,
                        epoch,
                        List.of(new RegionView(
                                REGION,
                                true,
                                "answers",
                                List.of(new DatabaseView(
                                        "orders-db",
                                        silentLooks-- > 0 ? DatabaseRole.UNREACHABLE : role,
                                        "timeline 1"))))));
    }

    @Override
    public EpochReceipt take(TakeEpoch request) {
        return call("Epoch_Take", "", () -> {
            if (!holder.equals(request.run())) {
                epoch++;
                holder = request.run();
            }
            return receipt(new Epoch(request.service(), epoch, request.run(), request.ledger()));
        });
    }

    @Override
    public EpochReceipt close(CloseEpoch request) {
        return call("Epoch_Close", request.activeRegion(), () -> receipt(request.epoch()));
    }

    private static EpochReceipt receipt(Epoch held) {
        return new EpochReceipt(held, REGION, "lifeboat-ledger/epochs/orders.json", "e1");
    }

    @Override
    public FenceReceipt fence(Fence request) {
        String driver = request.driver().word();
        return call("Fence_Fence", driver, () -> {
            boolean proven = driver.equals("database") || proofByKubernetes;
            if (driver.equals("kubernetes")) {
                writersRun = !proven;
            } else {
                open = false;
            }
            return new FenceReceipt(REGION, driver, proven, proven ? "nothing writes" : "a pod is left", List.of());
        });
    }

    @Override
    public LiftReceipt lift(Fence request) {
        String driver = request.driver().word();
        return call("Fence_Lift", driver, () -> {
            if (driver.equals("kubernetes")) {
                writersRun = true;
            } else {
                open = true;
            }
            return new LiftReceipt(REGION, driver, "restored by " + driver);
        });
    }

    @Override
    public VerificationReceipt verify(Verification request) {
        return call(
                "Verification_Verify",
                request.test().name(),
                () -> new VerificationReceipt(request.test().name(), REGION, "200 ok", 1, 0.05));
    }

    @Override
    public ClientRecord read(Client asked) {
        return call(
                "Client_Read",
                "",
                () -> new ClientRecord(
                        1,
                        "test",
                        1000,
                        20,
                        Optional.of(15.0),
                        Optional.of(new ClientRecord.Outage("2026-01-01T00:00:00Z", 42.0, false)),
                        true));
    }

    @Override
    public SchedulesReceipt pause(Pausing request) {
        return call("Schedule_Pause", "", () -> {
            schedulesPaused = true;
            return new SchedulesReceipt(List.of("orders/NightlyBackup"));
        });
    }

    @Override
    public SchedulesReceipt resume(Pausing request) {
        return call("Schedule_Resume", "", () -> {
            schedulesPaused = false;
            return new SchedulesReceipt(List.of("orders/NightlyBackup"));
        });
    }

    @Override
    public ReportLinks write(RunReport report) {
        return call("Report_Write", "", () -> {
            reports.add(report);
            return new ReportLinks("file:/r.json", "file:/r.html", "file:/r.md");
        });
    }

    @Override
    public RestorePoint choose(ReplacementActivities.Choosing request) {
        return call("Replacement_Choose", "", () -> {
            var policy = request.datastore().backups().stream()
                    .filter(p -> p.archive().isPresent() == request.at().isPresent())
                    .findFirst()
                    .orElseThrow();
            return new RestorePoint(policy, backup(policy.name()), request.at(), HELD, Optional.of(HELD));
        });
    }

    private static ChosenBackup backup(String policy) {
        return new ChosenBackup(
                "20261121T020000Z-" + policy, "us-west-2", "lifeboat-backups", "42", HELD, 1000, Optional.empty());
    }

    @Override
    public MarkReceipt mark(Marking request) {
        return call("Restore_Mark", "", () -> {
            if (!open) {
                throw FailureType.PRECONDITION_FAILED.failure("Cannot write markers: the database is closed.");
            }
            return new MarkReceipt(
                    REGION, request.at().orElseThrow(), Optional.empty(), 1, "42", 1, "0/5000000", Optional.empty());
        });
    }

    @Override
    public ArchiveReceipt awaitArchived(Archived request) {
        return call("Restore_AwaitArchived", request.position(), () -> {
            archived = true;
            return new ArchiveReceipt(request.position(), 0.5);
        });
    }

    @Override
    public ReplacementReceipt build(Building request) {
        return call("Replacement_Build", "", () -> {
            if (request.mark().isPresent() && !archived) {
                throw FailureType.PRECONDITION_FAILED.failure("Cannot recover: the archive does not reach so far.");
            }
            databases.put(COPY, "restored");
            copyIsGood = true;
            return new ReplacementReceipt(
                    request.point().backup().id(),
                    COPY,
                    request.point().moment(),
                    3,
                    900,
                    4.5,
                    request.checks().stream()
                            .map(test -> new Check(test.name(), true, "as expected"))
                            .toList(),
                    Optional.of(new ReplacementReceipt.Loss(100, 14, 14.2)),
                    List.of());
        });
    }

    @Override
    public ExchangeReceipt exchange(Replacement request) {
        return call("Replacement_Exchange", "", () -> {
            if (!databases.containsKey(ASIDE)) {
                databases.put(ASIDE, "damaged");
                databases.put(SERVICE, "restored");
                databases.remove(COPY);
            }
            return new ExchangeReceipt(REGION, ASIDE, "The restored copy has taken its place.");
        });
    }

    @Override
    public ExchangeReceipt exchangeBack(Replacement request) {
        return call("Replacement_ExchangeBack", "", () -> {
            if (databases.containsKey(ASIDE)) {
                databases.put(COPY, "restored");
                databases.put(SERVICE, "damaged");
                databases.remove(ASIDE);
            }
            return new ExchangeReceipt(REGION, "", "back");
        });
    }

    @Override
    public ExchangeReceipt drop(Replacement request) {
        return call("Replacement_Drop", "", () -> {
            databases.remove(COPY);
            return new ExchangeReceipt(REGION, "", "removed");
        });
    }

    @Override
    public ProofReceipt prove(Proving request) {
        return call(
                "Restore_Prove", request.id(), () -> new ProofReceipt(request.id(), request.proven(), List.of(REGION)));
    }

    @Override
    public ChosenBackup choose(RestoreActivities.Choosing request) {
        throw new AssertionError("a restore over production chooses over all policies");
    }

    @Override
    public RecoveryReceipt recover(Recovering request) {
        throw new AssertionError("a restore over production recovers beside the database");
    }

    @Override
    public TrimReceipt trim(Trimming request) {
        throw new AssertionError("a restore over production trims nothing");
    }
}
