package io.lifeboat.activity.fence;

import io.lifeboat.runbook.FenceDriver;
import io.lifeboat.workflow.FailureType;
import io.lifeboat.workflow.fence.FenceActivities;
import io.lifeboat.workflow.fence.FenceReceipt;
import io.temporal.client.ActivityCompletionException;
import io.temporal.failure.ApplicationFailure;
import java.util.List;

/** Picks the driver. Whatever goes wrong in one becomes a receipt without a proof, because the next driver is then tried. */
public final class DefaultFenceActivities implements FenceActivities {
    private final Fencer database;
    private final Fencer kubernetes;
    private final Fencer power;

    public DefaultFenceActivities(Fencer database, Fencer kubernetes, Fencer power) {
        this.database = database;
        this.kubernetes = kubernetes;
        this.power = power;
    }

    @Override
    public FenceReceipt fence(Fence request) {
        try {
            return fencer(request.driver()).fence(request);
        } catch (ApplicationFailure failure) {
            if (FailureType.STALE_EPOCH.is(failure)) {
                throw failure;
            }
            return unproven(request, failure.getOriginalMessage());
        } catch (ActivityCompletionException cancelled) {
            throw cancelled;
        } catch (RuntimeException unexpected) {
            return unproven(
                    request, "the driver failed [" + unexpected.getClass().getSimpleName() + "]");
        }
    }

    private static FenceReceipt unproven(Fence request, String observation) {
        return new FenceReceipt(request.region(), request.driver().word(), false, observation, List.of());
    }

    @Override
    public LiftReceipt lift(Fence request) {
        return fencer(request.driver()).lift(request);
    }

    private Fencer fencer(FenceDriver driver) {
        return switch (driver) {
            case FenceDriver.Database chosen -> database;
            case FenceDriver.Kubernetes chosen -> kubernetes;
            case FenceDriver.Power chosen -> power;
        };
    }
}
