package io.lifeboat.workflow.workload;

import io.lifeboat.runbook.Workload;
import io.lifeboat.workflow.epoch.Epoch;
import io.temporal.activity.ActivityInterface;
import java.util.List;

/**
 * What runs in Kubernetes. Every change is a replace of the object as it was read (resource version), carrying the epoch
 * as annotation {@code lifeboat.io/epoch}: an object that already carries a newer one refuses with {@code STALE_EPOCH}.
 */
@ActivityInterface(namePrefix = "Workload_")
public interface WorkloadActivities {
    /**
     * Suspends the CronJobs of a region and writes down what ran there. A region that does not answer within the time-out is
     * reported as not reachable, not as a failure: that is the case a failover is for. A CronJob that is not there is noted.
     */
    HoldReceipt hold(Hold request);

    /** Undoes a hold: CronJobs that were not suspended before are resumed. Tolerates that the hold never happened. */
    HoldReceipt release(HoldReceipt held, Epoch epoch);

    /** Scales one Deployment to exactly this many replicas and waits until they are ready (or gone, for zero). Heartbeats. */
    ScaleReceipt scale(Scale request);

    /** Resumes the CronJobs of the region that is active now; {@code TARGET_NOT_FOUND} where one is not there. */
    ResumeReceipt resume(Resume request);

    record Hold(Epoch epoch, String region, List<Workload> workloads) {
        public Hold {
            workloads = List.copyOf(workloads);
        }
    }

    record Scale(Epoch epoch, String region, Workload.Deployment deployment, int replicas) {}

    record Resume(Epoch epoch, String region, List<Workload.CronJob> cronJobs) {
        public Resume {
            cronJobs = List.copyOf(cronJobs);
        }
    }
}
