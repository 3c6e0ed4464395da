package io.lifeboat.workflow.failover;

import static io.lifeboat.workflow.failover.Orders.EAST;
import static io.lifeboat.workflow.failover.Orders.WEST;

import io.lifeboat.runbook.Client;
import io.lifeboat.runbook.Runbook;
import io.lifeboat.workflow.FailureType;
import io.lifeboat.workflow.client.ClientActivities;
import io.lifeboat.workflow.client.ClientRecord;
import io.lifeboat.workflow.epoch.Epoch;
import io.lifeboat.workflow.epoch.EpochActivities;
import io.lifeboat.workflow.epoch.EpochReceipt;
import io.lifeboat.workflow.fence.FenceActivities;
import io.lifeboat.workflow.fence.FenceReceipt;
import io.lifeboat.workflow.promotion.PromotionActivities;
import io.lifeboat.workflow.promotion.PromotionReceipt;
import io.lifeboat.workflow.promotion.StandbyReceipt;
import io.lifeboat.workflow.report.ReportActivities;
import io.lifeboat.workflow.report.ReportLinks;
import io.lifeboat.workflow.report.RunReport;
import io.lifeboat.workflow.runbook.PinnedRunbook;
import io.lifeboat.workflow.runbook.RunbookActivities;
import io.lifeboat.workflow.schedule.ScheduleActivities;
import io.lifeboat.workflow.traffic.TrafficActivities;
import io.lifeboat.workflow.traffic.TrafficReceipt;
import io.lifeboat.workflow.traffic.WatchReceipt;
import io.lifeboat.workflow.verification.VerificationActivities;
import io.lifeboat.workflow.verification.VerificationReceipt;
import io.lifeboat.workflow.workload.HoldReceipt;
import io.lifeboat.workflow.workload.ResumeReceipt;
import io.lifeboat.workflow.workload.ScaleReceipt;
import io.lifeboat.workflow.workload.WorkloadActivities;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Every port of a failover over the state of {@link TwoRegions}. */
final class RecordingPorts
        implements RunbookActivities,
                AssessmentActivities,
                EpochActivities,
                WorkloadActivities,
                FenceActivities,
                PromotionActivities,
                VerificationActivities,
                TrafficActivities,
                ClientActivities,
                ReportActivities,
                ScheduleActivities {
    final TwoRegions regions;
    final List<RunReport> reports = new ArrayList<>();
    Runbook runbook = Orders.runbook();
    Optional<ClientRecord> client = Optional.of(new ClientRecord(
            1,
            "test",
            1000,
            2,
            Optional.of(0.4),
            Optional.of(new ClientRecord.Outage("2026-01-01T00:00:00Z", 4.2, false)),
            true));

    RecordingPorts(TwoRegions regions) {
        this.regions = regions;
    }

    @Override
    public PinnedRunbook load(String service) {
        return regions.call("Runbook_Load", "", () -> {
            if (!service.equals(runbook.service())) {
                throw FailureType.TARGET_NOT_FOUND.failure("There is no runbook for \"" + service + "\".");
            }
            return new PinnedRunbook(runbook, "orders.yaml", "ab".repeat(32));
        });
    }

    @Override
    public Assessment assess(Runbook asked) {
        return regions.call(
                "Assessment_Assess",
                "",
                () -> new Assessment(
                        regions.activeRegion,
                        regions.epoch,
                        List.of(
                                view(EAST, regions.eastAlive, regions.eastWritable),
                                view(WEST, true, regions.westWritable))));
    }

    private static Assessment.RegionView view(String region, boolean alive, boolean writable) {
        Assessment.DatabaseRole role = !alive
                ? Assessment.DatabaseRole.UNREACHABLE
                : writable ? Assessment.DatabaseRole.PRIMARY : Assessment.DatabaseRole.STANDBY;
        return new Assessment.RegionView(
                region,
                alive,
                alive ? "answers" : "refused",
                List.of(new Assessment.DatabaseView("orders-db", role, "")));
    }

    @Override
    public EpochReceipt take(TakeEpoch request) {
        return regions.call("Epoch_Take", "", () -> {
            if (!regions.epochHolder.equals(request.run())) {
                regions.epoch++;
                regions.epochHolder = request.run();
            }
            Epoch epoch = new Epoch(request.service(), regions.epoch, request.run(), request.ledger());
            return new EpochReceipt(epoch, regions.activeRegion, "lifeboat-ledger/epochs/orders.json", "e1");
        });
    }

    @Override
    public EpochReceipt close(CloseEpoch request) {
        return regions.call("Epoch_Close", request.activeRegion(), () -> {
            requireNewest(request.epoch());
            regions.activeRegion = request.activeRegion();
            return new EpochReceipt(request.epoch(), regions.activeRegion, "lifeboat-ledger/epochs/orders.json", "e2");
        });
    }

    @Override
    public HoldReceipt hold(Hold request) {
        return regions.call("Workload_Hold", request.region(), () -> {
            requireNewest(request.epoch());
            if (request.region().equals(EAST) && !regions.eastAlive) {
                return new HoldReceipt(EAST, false, "connection refused", List.of(), List.of());
            }
            boolean was = regions.cronSuspended.put(request.region(), true);
            return new HoldReceipt(
                    request.region(),
                    true,
                    "",
                    List.of(new HoldReceipt.CronJobState("orders-invoices", "orders", was)),
                    List.of());
        });
    }

    @Override
    public HoldReceipt release(HoldReceipt held, Epoch epoch) {
        return regions.call("Workload_Release", held.region(), () -> {
            held.cronJobs().forEach(c -> regions.cronSuspended.put(held.region(), c.wasSuspended()));
            return held;
        });
    }

    @Override
    public ScaleReceipt scale(Scale request) {
        return regions.call("Workload_Scale", request.deployment().name(), () -> {
            requireNewest(request.epoch());
            String key = request.region() + "/" + request.deployment().name();
            Integer before = regions.replicas.put(key, request.replicas());
            return new ScaleReceipt(
                    request.region(),
                    request.deployment().name(),
                    before == null ? 0 : before,
                    request.replicas(),
                    request.replicas(),
                    0.1);
        });
    }

    @Override
    public ResumeReceipt resume(Resume request) {
        return regions.call("Workload_Resume", request.region(), () -> {
            requireNewest(request.epoch());
            regions.cronSuspended.put(request.region(), false);
            return new ResumeReceipt(
                    request.region(),
                    request.cronJobs().stream().map(c -> c.name()).toList());
        });
    }

    @Override
    public FenceReceipt fence(Fence request) {
        String driver = request.driver().word();
        return regions.call("Fence_Fence", driver, () -> {
            requireNewest(request.epoch());
            boolean proven = switch (request.driver()) {
                case io.lifeboat.runbook.FenceDriver.Database database -> regions.databaseFenceWorks;
                case io.lifeboat.runbook.FenceDriver.Kubernetes kubernetes -> false;
                case io.lifeboat.runbook.FenceDriver.Power power -> regions.powerFenceWorks;
            };
            if (proven) {
                regions.eastWritable = false;
            }
            return new FenceReceipt(
                    request.region(),
                    driver,
                    proven,
                    proven ? "no write is accepted" : "connection refused",
                    List.of());
        });
    }

    @Override
    public LiftReceipt lift(Fence request) {
        return regions.call("Fence_Lift", request.driver().word(), () -> {
            if (regions.eastAlive) {
                regions.eastWritable = true;
            }
            return new LiftReceipt(request.region(), request.driver().word(), "lifted");
        });
    }

    @Override
    public StandbyReceipt check(Promotion request) {
        return regions.call(
                "Promotion_Check",
                "",
                () -> new StandbyReceipt(
                        "orders-db", WEST, Optional.of(0.2), 1, "0/5000", "0/5000", regions.westWritable));
    }

    @Override
    public PromotionReceipt promote(Promotion request) {
        return regions.call("Promotion_Promote", "", () -> {
            requireNewest(request.epoch());
            boolean already = regions.westWritable;
            regions.westWritable = true;
            return new PromotionReceipt(
                    "orders-db",
                    WEST,
                    1,
                    2,
                    "0/5001",
                    0.2,
                    already,
                    Optional.of(new PromotionReceipt.MarkerLoss(100, 1, 1.0, 99)));
        });
    }

    @Override
    public VerificationReceipt verify(Verification request) {
        return regions.call("Verification_Verify", request.test().name(), () -> {
            regions.westVerified = regions.westWritable;
            return new VerificationReceipt(request.test().name(), request.region(), "200 ok", 1, 0.05);
        });
    }

    @Override
    public TrafficReceipt move(Move request) {
        return regions.call("Traffic_Move", request.region(), () -> {
            requireNewest(request.epoch());
            List<TrafficReceipt.Weight> before = weights();
            regions.weights.put(EAST, 0);
            regions.weights.put(WEST, 100);
            return new TrafficReceipt("orders.lifeboat.test", before, weights(), "C1", List.of(), 0.1);
        });
    }

    private List<TrafficReceipt.Weight> weights() {
        return regions.weights.entrySet().stream()
                .map(e -> new TrafficReceipt.Weight(e.getKey(), e.getValue()))
                .toList();
    }

    @Override
    public WatchReceipt watch(Watch request) {
        return regions.call("Traffic_Watch", "", () -> new WatchReceipt("orders.lifeboat.test", 25, 25, 5.0));
    }

    @Override
    public ClientRecord read(Client asked) {
        return regions.call(
                "Client_Read",
                "",
                () -> client.orElseThrow(() -> FailureType.PRECONDITION_FAILED.failure("The client does not answer.")));
    }

    @Override
    public SchedulesReceipt pause(Pausing request) {
        return regions.call("Schedule_Pause", "", () -> {
            regions.schedulesPaused = true;
            return new SchedulesReceipt(List.of("orders/NightlyBackup"));
        });
    }

    @Override
    public SchedulesReceipt resume(Pausing request) {
        return regions.call("Schedule_Resume", "", () -> {
            regions.schedulesPaused = false;
            return new SchedulesReceipt(List.of("orders/NightlyBackup"));
        });
    }

    @Override
    public ReportLinks write(RunReport report) {
        return regions.call("Report_Write", "", () -> {
            reports.add(report);
            return new ReportLinks("file:/r.json", "file:/r.html", "file:/r.md");
        });
    }

    private void requireNewest(Epoch epoch) {
        if (epoch.number() != regions.epoch) {
            throw FailureType.STALE_EPOCH.failure(
                    "Epoch " + epoch.number() + " is stale: the newest is " + regions.epoch + ".");
        }
    }
}
