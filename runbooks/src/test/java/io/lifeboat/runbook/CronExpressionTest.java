package io.lifeboat.runbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CronExpressionTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "5; 5",
                "1-5; 1 2 3 4 5",
                "1-5/2; 1 3 5",
                "50/4; 50 54 58",
                "*/20; 0 20 40",
                "1-5/2,8; 1 3 5 8",
                "1-5/2,8-16/3,2; 1 2 3 5 8 11 14",
                "30,7; 7 30",
                "0/90; 0"
            })
    void readsValuesRangesStepsAndLists(String minute, String values) {
        assertThat(CronExpression.parse(minute + " 0 * * *").values(CronField.MINUTE))
                .containsExactlyElementsOf(numbers(values));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "7; 0",
                "0; 0",
                "0-7; 0 1 2 3 4 5 6",
                "3-7; 0 3 4 5 6",
                "3-7/3; 3 6",
                "1-7/2; 0 1 3 5",
                "*/2; 0 2 4 6",
                "*; 0 1 2 3 4 5 6",
                "sun; 0",
                "mo-FRI; 1 2 3 4 5",
                "thursday,sa; 4 6"
            })
    void readsDaysOfTheWeekWithSundayAtBothEnds(String days, String values) {
        assertThat(CronExpression.parse("0 0 * * " + days).values(CronField.DAY_OF_WEEK))
                .containsExactlyElementsOf(numbers(values));
    }

    @Test
    void readsMonthsByName() {
        assertThat(CronExpression.parse("0 0 1 jan,June,sept-dec *").values(CronField.MONTH))
                .containsExactly(1, 6, 9, 10, 11, 12);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '"',
            value = {
                "@daily; it has 1 field. Write five: minute, hour, day of the month, month, day of the week.",
                "0 0 2 * * *; it has 6 fields. Write five: minute, hour, day of the month, month, day of the week.",
                "60 * * * *; its minute is '60'. Write 0 to 59, or * for every one.",
                "-1 * * * *; its minute is '-1'. Write 0 to 59, or * for every one.",
                "0 24 * * *; its hour is '24'. Write 0 to 23, or * for every one.",
                "0 0 0 * *; its day of the month is '0'. Write 1 to 31, or * for every one.",
                "0 0 L * *; its day of the month is 'L'. Write 1 to 31, or * for every one.",
                "0 0 ? * *; its day of the month is '?'. Write 1 to 31, or * for every one.",
                "0 0 * 13 *; its month is '13'. Write 1 to 12, or a name such as feb, or * for every one.",
                "0 0 * ja *; its month is 'ja'. Write 1 to 12, or a name such as feb, or * for every one.",
                "0 0 * * 8; its day of the week is '8'. Write 0 to 7, or a name such as mon, or * for every one.",
                "0 0 * * 0#2; its day of the week is '0#2'. Write 0 to 7, or a name such as mon, or * for every one.",
                "5-2 * * * *; its minute is '5-2'. Write a range from its lower to its higher end.",
                "1-2-3 * * * *; its minute is '1-2-3'. Write a range from its lower to its higher end.",
                "0 0 * * fri-sun; its day of the week is 'fri-sun'. Write a range from its lower to its higher end."
                        + " Sunday at the end of a range is 7.",
                "*/0 * * * *; its minute is '*/0'. Write a step as a number from 1 on.",
                "1/2/3 * * * *; its minute is '1/2/3'. Write one step at most, such as */5.",
                "1,,2 * * * *; its minute is '1,,2'. Write 0 to 59, or * for every one."
            })
    void saysWhatIsNoCronExpression(String text, String said) {
        assertThatThrownBy(() -> CronExpression.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(said.replace('\'', '"'));
    }

    @Test
    void isTheSameWithOtherSpacesAndOnlyThen() {
        assertThat(CronExpression.parse(" 0  2 * * * ")).isEqualTo(CronExpression.parse("0 2 * * *"));
        assertThat(CronExpression.parse("0 2 * * *"))
                .hasToString("0 2 * * *")
                .isNotEqualTo(CronExpression.parse("0 3 * * *"));
    }

    private static List<Integer> numbers(String text) {
        return Arrays.stream(text.split(" ")).map(Integer::valueOf).toList();
    }
}
