package io.lifeboat.activity.wal;

import static org.assertj.core.api.Assertions.assertThat;

import io.lifeboat.activity.database.Lsn;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WalSegmentTest {
    /** As pg_walfile_name says it. */
    @ParameterizedTest
    @CsvSource({
        "1, 0/3000060, 16777216, 000000010000000000000003, 0/3000000",
        "2, 16/B374D848, 16777216, 0000000200000016000000B3, 16/B3000000",
        "10, 1/0, 16777216, 0000000A0000000100000000, 1/0",
        "1, 1/7FFFFFFF, 1073741824, 000000010000000100000001, 1/40000000",
    })
    void isNamedAsTheServerNamesIt(long timeline, String position, long bytes, String name, String start) {
        WalSegment segment = WalSegment.containing(timeline, Lsn.parse(position), bytes);

        assertThat(segment.name()).isEqualTo(name);
        assertThat(segment.start()).hasToString(start);
        assertThat(WalSegment.parse(name, bytes)).contains(segment);
        assertThat(segment.next().start()).isEqualTo(segment.end());
    }

    @Test
    void historyTellsWhichTimelineAPositionIsOn() {
        TimelineHistory history = TimelineHistory.parse(
                3,
                "1\t0/3000060\tno recovery target specified\n\n2\t0/5000000\tbefore 2026-11-21\n"
                        .getBytes(StandardCharsets.UTF_8));

        assertThat(history.at(Lsn.parse("0/300005F"))).isEqualTo(1);
        assertThat(history.at(Lsn.parse("0/3000060"))).isEqualTo(2);
        assertThat(history.at(Lsn.parse("0/5000000"))).isEqualTo(3);
        assertThat(history.after(1)).isEqualTo(2);
        assertThat(history.end(3)).isEmpty();
        assertThat(history.contains(4)).isFalse();
    }
}
