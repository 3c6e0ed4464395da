package io.lifeboat.activity.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class WatchJudgeTest {
    private final WatchJudge judge = new WatchJudge(Duration.ofSeconds(1), Duration.ofSeconds(5));
    private int now;

    @Test
    void watchWithoutAnAnswerIsNotOver() {
        assertThat(judge.isOver(Duration.ofMinutes(1))).isFalse();
    }

    @Test
    void oneBadOfTwentyFiveIsForgiven() {
        answers(10, true);
        answers(1, false);
        answers(14, true);

        assertThat(judge.isOver(at(now))).isTrue();
        assertThat(judge.hasRecovered()).isTrue();
        assertThat(judge.good()).isEqualTo(24);
        assertThat(judge.asked()).isEqualTo(25);
    }

    @Test
    void twoBadOfTwentyFiveAreNot() {
        answers(10, true);
        answers(2, false);
        answers(13, true);

        assertThat(judge.hasRecovered()).isFalse();
    }

    @Test
    void oneInAHundredMayBeBadInALongWatch() {
        answers(100, true);
        answers(3, false);
        answers(196, true);
        assertThat(judge.hasRecovered()).isFalse();

        answers(1, true);
        assertThat(judge.allowed()).isEqualTo(3);
        assertThat(judge.hasRecovered()).isTrue();
    }

    @Test
    void badAnswerAtTheEndIsTheBeginningOfAnOutage() {
        answers(24, true);
        answers(1, false);

        assertThat(judge.hasRecovered()).isFalse();
    }

    @Test
    void badAnswerWhileItSettlesBeginsTheWatchAnew() {
        answers(4, false);
        assertThat(judge.isOver(at(25))).isFalse();

        answers(25, true);

        assertThat(judge.isOver(at(28))).isFalse();
        assertThat(judge.isOver(at(29))).isTrue();
        assertThat(judge.hasRecovered()).isTrue();
        assertThat(judge.judged()).isEqualTo(25);
        assertThat(judge.good()).isEqualTo(25);
        assertThat(judge.asked()).isEqualTo(29);
    }

    @Test
    void questionOfTheSettlingTimeThatIsAnsweredLateIsStillOfTheSettlingTime() {
        judge.take(Duration.ofMillis(900), Duration.ofMillis(2900), false);

        assertThat(judge.judged()).isZero();
        assertThat(judge.isOver(Duration.ofMillis(7800))).isFalse();
    }

    /** Five a second, each answered when the next is asked. */
    private void answers(int many, boolean good) {
        for (int i = 0; i < many; i++) {
            judge.take(at(now), at(++now), good);
        }
    }

    private static Duration at(int question) {
        return Duration.ofMillis(200L * question);
    }
}
