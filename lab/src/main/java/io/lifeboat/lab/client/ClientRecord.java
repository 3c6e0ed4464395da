package io.lifeboat.lab.client;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the client testifies, as {@code GET /record} answers it. Seconds count from the client's start on its own monotonic
 * clock.
 *
 * @param acknowledged orders that the service promised to keep
 * @param lost those which the service, asked after the newest outage, was found to have lost in it
 * @param lostSeconds how much time of acknowledged orders is gone; null until the service was asked after the newest outage
 * @param outage the newest; null when there was none
 * @param answering whether the newest answer was good and came within the last second
 */
record ClientRecord(
        int schemaVersion,
        String client,
        int acknowledged,
        int lost,
        @Nullable Double lostSeconds,
        @Nullable Gap outage,
        boolean answering) {

    /**
     * An {@link Outage} in seconds. While it is open, {@code firstGoodSeconds} is the moment of asking.
     *
     * @param startedAt RFC 3339
     */
    record Gap(String startedAt, double lastGoodSeconds, double firstGoodSeconds, double seconds, boolean open) {

        static Gap of(Outage outage, long startedNanos) {
            return new Gap(
                    outage.startedAt().toString(),
                    inSeconds(outage.lastGood() - startedNanos),
                    inSeconds(outage.until() - startedNanos),
                    inSeconds(outage.until() - outage.lastGood()),
                    outage.open());
        }
    }

    static ClientRecord of(
            String client,
            long startedNanos,
            int acknowledged,
            Optional<Outage> outage,
            Optional<Loss> loss,
            boolean answering) {
        return new ClientRecord(
                1,
                client,
                acknowledged,
                loss.map(Loss::lost).orElse(0),
                loss.map(l -> inSeconds(l.nanos())).orElse(null),
                outage.map(o -> Gap.of(o, startedNanos)).orElse(null),
                answering);
    }

    private static double inSeconds(long nanos) {
        return Math.round(nanos / 1e3) / 1e6;
    }
}
