package io.lifeboat.activity.epoch;

import io.lifeboat.activity.epoch.EpochLedger.Found;
import io.lifeboat.runbook.Ledger;
import io.lifeboat.workflow.FailureType;
import io.lifeboat.workflow.epoch.Epoch;
import io.lifeboat.workflow.epoch.EpochActivities;
import io.lifeboat.workflow.epoch.EpochReceipt;
import java.util.Optional;

/** Takes and closes epochs. A write whose reply was lost is recognised at the next look by the holder's name. */
public final class DefaultEpochActivities implements EpochActivities {
    private final EpochLedger ledger;

    public DefaultEpochActivities(EpochLedger ledger) {
        this.ledger = ledger;
    }

    @Override
    public EpochReceipt take(TakeEpoch request) {
        Optional<Found> now = ledger.find(request.ledger(), request.service());
        if (now.isPresent() && now.get().object().run().equals(request.run())) {
            return receipt(request.ledger(), now.get());
        }
        EpochObject mine = now.map(f -> f.object().next(request.run()))
                .orElseGet(() -> new EpochObject(1, request.service(), 1, request.run(), request.activeRegion()));
        return ledger.write(request.ledger(), mine, now)
                .map(written -> receipt(request.ledger(), written))
                .orElseThrow(() -> FailureType.CONFLICT.failure("Cannot take the epoch of \"" + request.service()
                        + "\": another run wrote it at the same moment. It is looked at again."));
    }

    @Override
    public EpochReceipt close(CloseEpoch request) {
        Epoch epoch = request.epoch();
        Found now = ledger.find(epoch.ledger(), epoch.service()).orElseThrow(() -> EpochLedger.stale(epoch, 0));
        if (now.object().epoch() != epoch.number() || !now.object().run().equals(epoch.run())) {
            throw EpochLedger.stale(epoch, now.object().epoch());
        }
        if (now.object().activeRegion().equals(request.activeRegion())) {
            return receipt(epoch.ledger(), now);
        }
        return ledger.write(epoch.ledger(), now.object().livesIn(request.activeRegion()), Optional.of(now))
                .map(written -> receipt(epoch.ledger(), written))
                .orElseThrow(() -> FailureType.CONFLICT.failure("Cannot close epoch " + epoch.number() + " of \""
                        + epoch.service() + "\": its object changed at the same moment. It is looked at again."));
    }

    private static EpochReceipt receipt(Ledger ledger, Found found) {
        EpochObject object = found.object();
        return new EpochReceipt(
                new Epoch(object.service(), object.epoch(), object.run(), ledger),
                object.activeRegion(),
                ledger.bucket() + "/" + EpochLedger.key(object.service()),
                found.etag());
    }
}
