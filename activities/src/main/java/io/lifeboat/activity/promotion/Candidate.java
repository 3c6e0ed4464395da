package io.lifeboat.activity.promotion;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.lifeboat.activity.database.DatabaseEngine;
import io.lifeboat.activity.database.DatabaseException;
import io.lifeboat.activity.database.DatabaseInstance;
import io.lifeboat.activity.database.DatabaseLook;
import io.lifeboat.activity.database.Databases;
import io.lifeboat.activity.database.EpochRow;
import io.lifeboat.activity.database.Marker;
import io.lifeboat.activity.pulse.PulseStore;
import io.lifeboat.workflow.FailureType;
import io.lifeboat.workflow.WireFormat;
import io.lifeboat.workflow.promotion.PromotionActivities.Promotion;
import io.lifeboat.workflow.promotion.PromotionReceipt;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The instance one promotion is about: what is known of it before anything is done to it. */
final class Candidate {
    static final Duration PROMOTION_BOUND = Duration.ofSeconds(60);
    static final Duration CALL_BOUND = Duration.ofSeconds(5);

    private static final Duration LOOK_BOUND = Duration.ofSeconds(2);

    private final Promotion request;
    private final Databases databases;
    private final PromotionIntents intents;
    private final PulseStore pulses;
    private final DatabaseEngine engine;
    private final DatabaseInstance instance;
    private final StandbyJudge judge;

    Candidate(Promotion request, Databases databases, PromotionIntents intents, PulseStore pulses) {
        this.request = request;
        this.databases = databases;
        this.intents = intents;
        this.pulses = pulses;
        engine = databases.engine(request.datastore());
        instance = databases.instance(request.datastore(), request.region());
        judge = new StandbyJudge(instance.name(), request.datastore().maxLag());
    }

    Promotion request() {
        return request;
    }

    DatabaseEngine engine() {
        return engine;
    }

    DatabaseInstance instance() {
        return instance;
    }

    DatabaseLook look() {
        return engine.look(instance, LOOK_BOUND);
    }

    PromotionIntent intent(DatabaseLook.Standby standby) {
        return new PromotionIntent(
                request.epoch().number(),
                request.epoch().run(),
                instance.datastore(),
                instance.region(),
                standby.systemIdentifier(),
                standby.timeline());
    }

    /** What this epoch meant to do here, if it came that far. */
    Optional<PromotionIntent> intent() {
        return intents.find(request.epoch(), instance.datastore())
                .filter(intent -> intent.run().equals(request.epoch().run()));
    }

    /**
     * Refuses a primary that no run of Lifeboat promoted here, or that the service has left since. The receipt is there when
     * that promotion was complete.
     */
    Optional<PromotionReceipt> requirePromotedByLifeboat(DatabaseLook.Primary primary) {
        Optional<EpochRow> row = epochRow();
        boolean byThisEpoch =
                row.filter(r -> r.number() == request.epoch().number()).isPresent();
        if (byThisEpoch || row.filter(r -> isStillInUse(r, primary)).isPresent()) {
            return row.flatMap(EpochRow::receipt).map(Candidate::read);
        }
        boolean meant = intent().filter(intent -> intent.systemIdentifier() == primary.systemIdentifier())
                .filter(intent -> intent.timelineBefore() < primary.timeline())
                .isPresent();
        if (meant) {
            return Optional.empty();
        }
        throw judge.refused("it is no standby: it accepts writes on timeline " + primary.timeline()
                + row.map(r -> ", promoted by epoch " + r.number() + " (" + r.run() + ")")
                        .orElse(", and no run of Lifeboat promoted it")
                + ". Find out who did, and close this run if the service may live there.");
    }

    /**
     * An earlier run promoted it and was lost before its end. That alone is no reason to adopt it: the service may have moved
     * on since. The newest marker of the pulse, which follows the primary, tells.
     */
    private boolean isStillInUse(EpochRow row, DatabaseLook.Primary primary) {
        return row.region().equals(instance.region())
                && pulses.load(request.epoch().service(), instance.datastore()).stream()
                        .filter(pulse -> pulse.newest().isPresent())
                        .max(Comparator.comparingLong(
                                pulse -> pulse.newest().orElseThrow().toMillis()))
                        .filter(pulse -> pulse.newest().orElseThrow().region().equals(instance.region()))
                        .filter(pulse -> pulse.systemIdentifier() == primary.systemIdentifier())
                        .filter(pulse -> pulse.timeline() == primary.timeline())
                        .isPresent();
    }

    /** Refuses a standby that must not be promoted and returns its lag; empty when it cannot be measured. */
    Optional<Duration> judge(DatabaseLook.Standby standby) {
        epochRow();
        judge.requireReplaying(standby);
        Optional<MarkerCount> count = markerCount();
        count.ifPresent(c -> judge.requireLineage(standby, c.pulse()));
        Optional<Duration> lag = count.flatMap(c -> lag(standby, c));
        judge.requireLagAllowed(standby, lag);
        return lag;
    }

    /**
     * Empty where nobody can read the markers, because the fence on a living primary has reached its standby, perhaps only
     * since the look; ReplayWait is the check then.
     */
    private Optional<Duration> lag(DatabaseLook.Standby standby, MarkerCount count) {
        try {
            return standby.accepting() ? Optional.of(count.lag(held(count))) : Optional.empty();
        } catch (DatabaseException e) {
            if (e.kind() == DatabaseException.Kind.NOT_ACCEPTING) {
                return Optional.empty();
            }
            throw e;
        }
    }

    Optional<MarkerCount> markerCount() {
        return MarkerCount.of(pulses.load(request.epoch().service(), instance.datastore()), instance.region());
    }

    List<Marker> held(MarkerCount count) {
        return engine.markers(instance, count.pulse().pulse(), count.from(), CALL_BOUND);
    }

    /** The standby must not be promoted as it is. */
    ApplicationFailure refused(String seenAndAdvice) {
        return judge.refused(seenAndAdvice);
    }

    /** What the region that was fenced holds; empty where it cannot be asked. */
    Optional<DatabaseLook.Primary> fencedPrimary() {
        return request.datastore()
                .in(request.fence().region())
                .map(old -> engine.look(databases.instance(request.datastore(), old.region()), LOOK_BOUND))
                .filter(DatabaseLook.Primary.class::isInstance)
                .map(DatabaseLook.Primary.class::cast);
    }

    /** Nothing was done; trying again may help. */
    ApplicationFailure unavailable(String seen) {
        return FailureType.UNAVAILABLE.failure("Cannot promote " + instance.name() + ": " + seen
                + ". Nothing was done; it is tried again. Check that the server runs and that the worker reaches it.");
    }

    /** Nothing was done; the kind of trouble says whether trying again may help. */
    ApplicationFailure undone(DatabaseException e) {
        return switch (e.kind()) {
            case UNREACHABLE, NOT_ACCEPTING, NOT_FOUND, READ_ONLY, REFUSED -> unavailable(e.getMessage());
            case BUSY ->
                FailureType.CONFLICT.failure(
                        "Cannot promote " + instance.name() + ": " + e.getMessage() + ". It is looked at again.");
            case NOT_ALLOWED, BAD_CONNECTION ->
                FailureType.PRECONDITION_FAILED.failure("Cannot promote " + instance.name() + ": " + e.getMessage()
                        + ". Correct the connection's role or URI, then retry this step.");
        };
    }

    /** It was told to promote, and what came of it was not seen. */
    ApplicationFailure unknown(String seen) {
        return FailureType.UNAVAILABLE.failure("Cannot confirm the promotion of " + instance.name() + ": " + seen
                + ". It may be promoted; it is looked at again.");
    }

    /** The newest promotion on record in the database; refuses when a newer run than this one has promoted it. */
    private Optional<EpochRow> epochRow() {
        Optional<EpochRow> row = engine.epoch(instance, request.epoch().service(), CALL_BOUND);
        if (row.isPresent() && row.get().number() > request.epoch().number()) {
            throw FailureType.STALE_EPOCH.failure("Cannot promote " + instance.name() + " in epoch "
                    + request.epoch().number() + ": epoch " + row.get().number() + " ("
                    + row.get().run()
                    + ") has promoted it since. Leave it to that run.");
        }
        return row;
    }

    private static PromotionReceipt read(String json) {
        try {
            PromotionReceipt stored = WireFormat.mapper().readValue(json, PromotionReceipt.class);
            return new PromotionReceipt(
                    stored.datastore(),
                    stored.region(),
                    stored.timelineBefore(),
                    stored.timelineAfter(),
                    stored.lsn(),
                    stored.seconds(),
                    true,
                    stored.markers());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the receipt in lifeboat_recovery.epoch cannot be read", e);
        }
    }
}
