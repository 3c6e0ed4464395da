package io.lifeboat.activity.promotion;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.lifeboat.activity.database.DatabaseException;
import io.lifeboat.activity.database.DatabaseLook;
import io.lifeboat.activity.database.EpochRow;
import io.lifeboat.activity.database.PromotedDatabase;
import io.lifeboat.workflow.WireFormat;
import io.lifeboat.workflow.epoch.Epoch;
import io.lifeboat.workflow.promotion.PromotionReceipt;
import io.lifeboat.workflow.promotion.PromotionReceipt.MarkerLoss;
import java.util.Optional;

/** What follows once a database has left recovery: a real write, the count of what is missing, the receipt on record. */
final class Aftermath {
    private static final double NANOS_IN_MILLI = 1_000_000.0;

    private final Candidate candidate;
    private final long start;

    /** @param start when the promotion was called, on the monotonic clock */
    Aftermath(Candidate candidate, long start) {
        this.candidate = candidate;
        this.start = start;
    }

    PromotionReceipt of(PromotedDatabase promoted) {
        return record(promoted, false);
    }

    PromotionReceipt ofEarlierAttempt(DatabaseLook.Primary primary) {
        if (!primary.accepting()) {
            candidate.engine().allowConnections(candidate.instance(), Candidate.CALL_BOUND);
        }
        long before = candidate.intent().map(PromotionIntent::timelineBefore).orElse(primary.timeline() - 1);
        return record(new PromotedDatabase(before, primary.timeline(), primary.begins(), !primary.accepting()), true);
    }

    /** A promotion that is complete already; only the epoch on record may have to follow. */
    PromotionReceipt again(PromotionReceipt known) {
        claim(Optional.of(write(known)));
        return known;
    }

    private PromotionReceipt record(PromotedDatabase promoted, boolean earlier) {
        claim(Optional.empty());
        double seconds = Math.round((System.nanoTime() - start) / NANOS_IN_MILLI) / 1000.0;
        PromotionReceipt receipt = new PromotionReceipt(
                candidate.instance().datastore(),
                candidate.instance().region(),
                promoted.timelineBefore(),
                promoted.timelineAfter(),
                promoted.begins().toString(),
                seconds,
                earlier,
                loss());
        claim(Optional.of(write(receipt)));
        return receipt;
    }

    private Optional<MarkerLoss> loss() {
        return candidate.markerCount().map(count -> count.loss(candidate.held(count)));
    }

    private void claim(Optional<String> receipt) {
        Epoch epoch = candidate.request().epoch();
        EpochRow row = new EpochRow(
                epoch.service(),
                epoch.number(),
                epoch.run(),
                candidate.instance().region(),
                receipt);
        if (!candidate.engine().claim(candidate.instance(), row, Candidate.CALL_BOUND)) {
            throw new DatabaseException(
                    DatabaseException.Kind.REFUSED,
                    "it has a promotion of a newer epoch than " + epoch.number() + " on record");
        }
    }

    private static String write(PromotionReceipt receipt) {
        try {
            return WireFormat.mapper().writeValueAsString(receipt);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a promotion receipt cannot be written as JSON", e);
        }
    }
}
