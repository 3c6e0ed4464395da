package io.lifeboat.workflow.promotion;

import io.lifeboat.workflow.Fact;
import io.lifeboat.workflow.Receipt;
import java.util.List;
import java.util.Optional;

/**
 * A standby before its promotion.
 *
 * @param lagSeconds how far the newest replayed marker is behind the newest acknowledged one; absent when no pulse ran
 * @param receivedLsn last write-ahead log position received
 * @param replayedLsn last write-ahead log position replayed
 */
public record StandbyReceipt(
        String datastore,
        String region,
        Optional<Double> lagSeconds,
        long timeline,
        String receivedLsn,
        String replayedLsn,
        boolean alreadyPromoted)
        implements Receipt {
    @Override
    public String sentence() {
        return alreadyPromoted
                ? datastore + " in " + region + " is already promoted."
                : datastore + " in " + region + " can be promoted"
                        + lagSeconds.map(l -> ", " + l + " s behind.").orElse(".");
    }

    @Override
    public List<Fact> facts() {
        return List.of(
                new Fact("behind by markers", lagSeconds.map(l -> l + " s").orElse("not measured")),
                new Fact("timeline", Long.toString(timeline)),
                new Fact("received / replayed", receivedLsn + " / " + replayedLsn));
    }
}
