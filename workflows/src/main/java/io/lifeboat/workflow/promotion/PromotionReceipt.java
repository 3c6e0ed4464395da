package io.lifeboat.workflow.promotion;

import io.lifeboat.workflow.Fact;
import io.lifeboat.workflow.Receipt;
import java.util.List;
import java.util.Optional;

/**
 * A database after its promotion.
 *
 * @param lsn position at which the new timeline begins
 * @param seconds from the call to the first accepted write, on the worker's monotonic clock
 * @param markers what the pulse's markers say of lost writes; absent when no pulse ran
 */
public record PromotionReceipt(
        String datastore,
        String region,
        long timelineBefore,
        long timelineAfter,
        String lsn,
        double seconds,
        boolean alreadyPromoted,
        Optional<MarkerLoss> markers)
        implements Receipt {

    /**
     * Acknowledged markers that are missing from the promoted database.
     *
     * @param acknowledged markers the old primary acknowledged in the window looked at
     * @param lost those of them that are missing
     * @param lostSeconds acknowledgement time of the last acknowledged marker minus that of the last surviving one, both on the
     *     pulse's own clock
     * @param lastSurviving number of the last marker that survived
     */
    public record MarkerLoss(long acknowledged, long lost, double lostSeconds, long lastSurviving) {}

    @Override
    public String sentence() {
        return datastore + " in " + region + " accepts writes on timeline " + timelineAfter + "."
                + markers.map(m -> " " + m.lost() + " of " + m.acknowledged() + " acknowledged markers are missing.")
                        .orElse("");
    }

    @Override
    public List<Fact> facts() {
        return List.of(
                new Fact("timeline", timelineBefore + " → " + timelineAfter),
                new Fact("new timeline begins at", lsn),
                new Fact("writable after", seconds + " s"),
                new Fact(
                        "acknowledged markers missing",
                        markers.map(m -> m.lost() + " of " + m.acknowledged() + " (" + m.lostSeconds() + " s)")
                                .orElse("not measured: no pulse ran")));
    }
}
