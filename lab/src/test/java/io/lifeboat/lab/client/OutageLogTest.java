package io.lifeboat.lab.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OutageLogTest {

    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    /** Near the end of the clock's range, where comparing instead of subtracting goes wrong. */
    private static final long START = Long.MAX_VALUE - 2 * SECOND;

    private final OutageLog log = new OutageLog();

    @Test
    void knowsNoOutageBeforeTheFirstGoodAnswer() {
        log.bad();

        assertThat(log.newest(START + 60 * SECOND)).isEmpty();
        assertThat(log.answering(START + 60 * SECOND)).isFalse();
    }

    @Test
    void toleratesAGapOfExactlyOneSecond() {
        good(0);

        assertThat(log.newest(START + SECOND)).isEmpty();
        assertThat(good(SECOND)).isEmpty();
        assertThat(log.all(START + SECOND)).isEmpty();
    }

    @Test
    void callsAGapOfOneNanosecondMoreAnOutage() {
        good(0);

        Optional<Outage> ended = good(SECOND + 1);

        assertThat(ended).contains(new Outage(NOON, START, START + SECOND + 1, false));
        assertThat(log.newest(START + SECOND + 1)).isEqualTo(ended);
    }

    @Test
    void keepsAnOutageOpenUntilTheNextGoodAnswer() {
        good(0);
        log.bad();

        assertThat(log.newest(START + 5 * SECOND)).contains(new Outage(NOON, START, START + 5 * SECOND, true));

        good(7 * SECOND);

        assertThat(log.newest(START + 7 * SECOND)).contains(new Outage(NOON, START, START + 7 * SECOND, false));
    }

    @Test
    void endsAnOutageWithAGoodAnswerAlsoWhenNoBadOneWasSeen() {
        good(0);

        assertThat(good(3 * SECOND)).map(Outage::lastGood).contains(START);
    }

    @Test
    void startsAnOutageAtTheLastGoodAnswerNotAtTheFirstBadOne() {
        good(0);
        good(SECOND / 2);
        log.bad();

        assertThat(good(4 * SECOND))
                .contains(new Outage(NOON.plusMillis(500), START + SECOND / 2, START + 4 * SECOND, false));
    }

    @Test
    void prefersTheNewestOutageAndKeepsTheOthers() {
        good(0);
        good(2 * SECOND);
        good(5 * SECOND);

        assertThat(log.newest(START + 5 * SECOND)).map(Outage::lastGood).contains(START + 2 * SECOND);
        assertThat(log.all(START + 8 * SECOND)).extracting(Outage::open).containsExactly(false, false, true);
    }

    @Test
    void answersOnlyWhileTheNewestAnswerIsGoodAndFresh() {
        good(0);
        assertThat(log.answering(START)).isTrue();
        assertThat(log.answering(START + SECOND)).isTrue();
        assertThat(log.answering(START + SECOND + 1)).isFalse();

        log.bad();
        assertThat(log.answering(START)).isFalse();

        good(SECOND / 2);
        assertThat(log.answering(START + SECOND / 2)).isTrue();
    }

    /** Every sequence of six answers, good or bad, with steps around the tolerated gap, against a plain definition. */
    @Test
    void agreesWithTheDefinitionOnEverySequence() {
        long[] steps = {SECOND / 2, SECOND, SECOND + 1, 3 * SECOND};
        int choices = steps.length * 2;
        int length = 6;
        int sequences = 0;
        for (int code = 0; code < Math.pow(choices, length); code += 1, sequences++) {
            OutageLog one = new OutageLog();
            List<Long> goods = new ArrayList<>();
            long now = START;
            for (int i = 0, rest = code; i < length; i++, rest /= choices) {
                now += steps[rest % steps.length];
                if (rest / steps.length % 2 == 0) {
                    one.good(now, NOON);
                    goods.add(now);
                } else {
                    one.bad();
                }
            }
            assertThat(one.all(now)).as("sequence %s", code).isEqualTo(definition(goods, now));
        }
        assertThat(sequences).isEqualTo(262_144);
    }

    private static List<Outage> definition(List<Long> goods, long now) {
        List<Outage> outages = new ArrayList<>();
        for (int i = 1; i < goods.size(); i++) {
            if (goods.get(i) - goods.get(i - 1) > SECOND) {
                outages.add(new Outage(NOON, goods.get(i - 1), goods.get(i), false));
            }
        }
        if (!goods.isEmpty() && now - goods.getLast() > SECOND) {
            outages.add(new Outage(NOON, goods.getLast(), now, true));
        }
        return outages;
    }

    private Optional<Outage> good(long offset) {
        return log.good(START + offset, NOON.plusNanos(offset));
    }
}
