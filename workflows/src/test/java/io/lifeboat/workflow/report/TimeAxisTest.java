package io.lifeboat.workflow.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimeAxisTest {
    @ParameterizedTest
    @ValueSource(doubles = {0.01, 0.91, 7.3, 23.4, 59, 61, 600, 2417.7, 40_000, 500_000})
    void hasAFewRoundTicksAtEveryScale(double length) {
        TimeAxis axis = new TimeAxis(0, length);

        List<String> labels = axis.ticks().stream().map(axis::label).toList();

        assertThat(labels).hasSizeBetween(3, 7).doesNotHaveDuplicates();
    }

    @Test
    void beginsBeforeTheRunWhenTheOutageDid() {
        TimeAxis axis = new TimeAxis(-10, 30);

        assertThat(axis.ticks().stream().map(axis::label)).containsExactly("−10 s", "0 s", "10 s", "20 s", "30 s");
        assertThat(axis.at(0)).isEqualTo(25);
    }
}
