package io.lifeboat.activity.traffic;

import java.time.Duration;

/**
 * Decides from the answers, as they come, whether a service has recovered.
 *
 * <p>Settling: for one TTL after the move a resolver may still give the old address (RFC 1035, section 3.2.1), and connections
 * and caches of the new region are cold. A bad answer to a question of that time is counted and shown, but it only begins the watch
 * anew. Afterwards every answer is judged.
 *
 * <p>Judging: of the watch's answers at most one in a hundred may be bad, but one always may: in a watch of 25 questions a single
 * lost packet is 4 %, which says nothing of the service (The Site Reliability Workbook, chapter 5, "Low-Traffic Services and
 * Error Budget Alerting"). The last answer must be good, so that the one bad answer was not the beginning of the next outage.
 */
final class WatchJudge {
    private static final int ONE_BAD_IN = 100;

    private final Duration settling;
    private final Duration watch;
    private Duration begun = Duration.ZERO;
    private int asked;
    private int good;
    private int judged;
    private int bad;
    private boolean lastGood;

    WatchJudge(Duration settling, Duration watch) {
        this.settling = settling;
        this.watch = watch;
    }

    /**
     * @param askedAt since the beginning
     * @param answeredAt since the beginning
     */
    void take(Duration askedAt, Duration answeredAt, boolean isGood) {
        asked++;
        good += isGood ? 1 : 0;
        lastGood = isGood;
        if (!isGood && askedAt.compareTo(settling) < 0) {
            begun = answeredAt;
            judged = 0;
            bad = 0;
        } else {
            judged++;
            bad += isGood ? 0 : 1;
        }
    }

    /** Whether the watch is over; it has at least one answer that counts. */
    boolean isOver(Duration now) {
        return judged > 0 && now.minus(begun).compareTo(watch) >= 0;
    }

    boolean hasRecovered() {
        return lastGood && bad <= allowed();
    }

    /** Answers that may be bad, of those judged so far. */
    int allowed() {
        return Math.max(1, judged / ONE_BAD_IN);
    }

    /** All answers, those of the settling time among them. */
    int asked() {
        return asked;
    }

    /** All good answers, those of the settling time among them. */
    int good() {
        return good;
    }

    int judged() {
        return judged;
    }

    int bad() {
        return bad;
    }
}
