package io.lifeboat.activity.promotion;

import io.lifeboat.activity.database.DatabaseException;
import io.lifeboat.activity.database.DatabaseLook;
import io.lifeboat.activity.database.Databases;
import io.lifeboat.activity.database.PromotedDatabase;
import io.lifeboat.activity.epoch.EpochGate;
import io.lifeboat.activity.pulse.PulseStore;
import io.lifeboat.runbook.Ledger;
import io.lifeboat.workflow.FailureType;
import io.lifeboat.workflow.promotion.PromotionActivities;
import io.lifeboat.workflow.promotion.PromotionReceipt;
import io.lifeboat.workflow.promotion.StandbyReceipt;
import io.temporal.failure.ApplicationFailure;
import java.util.Optional;
import java.util.function.Function;

/** Promotion through the engine of the datastore's kind. */
public final class DefaultPromotionActivities implements PromotionActivities {
    private final Databases databases;
    private final EpochGate gate;
    private final PromotionIntents intents;
    private final Function<Ledger, PulseStore> pulses;

    public DefaultPromotionActivities(
            Databases databases, EpochGate gate, PromotionIntents intents, Function<Ledger, PulseStore> pulses) {
        this.databases = databases;
        this.gate = gate;
        this.intents = intents;
        this.pulses = pulses;
    }

    @Override
    public StandbyReceipt check(Promotion request) {
        Candidate candidate = candidate(request);
        try {
            return switch (candidate.look()) {
                case DatabaseLook.Unreachable unreachable -> throw candidate.unavailable(unreachable.detail());
                case DatabaseLook.Primary primary -> {
                    candidate.requirePromotedByLifeboat(primary);
                    yield new StandbyReceipt(
                            request.datastore().name(),
                            request.region(),
                            Optional.empty(),
                            primary.timeline(),
                            primary.begins().toString(),
                            primary.begins().toString(),
                            true);
                }
                case DatabaseLook.Standby standby -> {
                    Optional<Double> lag = candidate.judge(standby).map(l -> l.toMillis() / 1000.0);
                    yield new StandbyReceipt(
                            request.datastore().name(),
                            request.region(),
                            lag,
                            standby.timeline(),
                            standby.received().toString(),
                            standby.replayed().toString(),
                            false);
                }
            };
        } catch (DatabaseException e) {
            throw candidate.undone(e);
        }
    }

    @Override
    public PromotionReceipt promote(Promotion request) {
        long start = System.nanoTime();
        Candidate candidate = candidate(request);
        try {
            return switch (candidate.look()) {
                case DatabaseLook.Unreachable unreachable -> throw candidate.unavailable(unreachable.detail());
                case DatabaseLook.Primary primary -> finish(candidate, primary, start);
                case DatabaseLook.Standby standby -> effect(candidate, standby, start);
            };
        } catch (DatabaseException e) {
            throw candidate.undone(e);
        }
    }

    private PromotionReceipt effect(Candidate candidate, DatabaseLook.Standby standby, long start) {
        // With an intent on record an earlier attempt may have sent the order, which is then still being carried out:
        // from there on nobody may conclude that nothing was done.
        boolean[] sent = {candidate.intent().isPresent()};
        try {
            new ReplayWait(candidate).until(standby, candidate.judge(standby));
            PromotedDatabase promoted = candidate
                    .engine()
                    .promote(
                            candidate.instance(),
                            () -> {
                                intents.record(candidate.request().epoch(), candidate.intent(standby));
                                gate.requireNewest(candidate.request().epoch());
                                sent[0] = true;
                            },
                            Candidate.PROMOTION_BOUND);
            return new Aftermath(candidate, start).of(promoted);
        } catch (DatabaseException e) {
            boolean another = e.kind() == DatabaseException.Kind.BUSY;
            throw sent[0] && !another ? candidate.unknown(e.getMessage()) : candidate.undone(e);
        } catch (ApplicationFailure e) {
            throw sent[0] ? candidate.unknown(e.getOriginalMessage()) : e;
        }
    }

    /** It was promoted before: by an attempt of this run, or by a run that was lost. */
    private PromotionReceipt finish(Candidate candidate, DatabaseLook.Primary primary, long start) {
        Optional<PromotionReceipt> known = candidate.requirePromotedByLifeboat(primary);
        Aftermath aftermath = new Aftermath(candidate, start);
        gate.requireNewest(candidate.request().epoch());
        try {
            return known.map(aftermath::again).orElseGet(() -> aftermath.ofEarlierAttempt(primary));
        } catch (DatabaseException e) {
            throw candidate.unknown(e.getMessage());
        }
    }

    private Candidate candidate(Promotion request) {
        if (request.fence().region().equals(request.region())) {
            throw FailureType.PRECONDITION_FAILED.failure(
                    "Cannot promote \"" + request.datastore().name() + "\" in " + request.region()
                            + ": the fence proof is of that same region. Fence the other one.");
        }
        return new Candidate(
                request, databases, intents, pulses.apply(request.epoch().ledger()));
    }
}
