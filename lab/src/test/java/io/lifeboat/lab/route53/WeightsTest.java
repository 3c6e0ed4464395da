package io.lifeboat.lab.route53;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/** The table of Route 53's documentation, row by row. */
class WeightsTest {
    @Test
    void leavesZeroWeightedSetsSilentWhileAnotherIsHealthy() {
        assertThat(answering(List.of(1, 1, 0), Set.of(0, 1, 2))).containsExactlyInAnyOrder(0, 1);
        assertThat(answering(List.of(1, 1, 0), Set.of(1, 2))).containsExactly(1);
        assertThat(answering(List.of(1, 1, 0), Set.of(1))).containsExactly(1);
    }

    @Test
    void turnsToHealthyZeroWeightedSetsWhenAllOthersAreUnhealthy() {
        assertThat(answering(List.of(1, 1, 0, 0), Set.of(2))).containsExactly(2);
        assertThat(answering(List.of(1, 1, 0, 0), Set.of(2, 3))).containsExactlyInAnyOrder(2, 3);
    }

    @Test
    void treatsAllAsHealthyWhenNoneIs() {
        assertThat(answering(List.of(1, 1, 0), Set.of())).containsExactlyInAnyOrder(0, 1);
        assertThat(answering(List.of(0, 0), Set.of())).containsExactlyInAnyOrder(0, 1);
    }

    @Test
    void choosesEquallyAmongSetsThatAllHaveWeightZero() {
        assertThat(answering(List.of(0, 0), Set.of(0, 1))).containsExactlyInAnyOrder(0, 1);
        assertThat(answering(List.of(0, 0), Set.of(1))).containsExactly(1);
    }

    /** Which sets, by position, ever answer. */
    private static Set<Integer> answering(List<Integer> weights, Set<Integer> healthy) {
        List<RecordSet> group = IntStream.range(0, weights.size())
                .mapToObj(i -> new RecordSet(
                        Name.fromConstantString("orders.lifeboat.test."),
                        Type.A,
                        Optional.of("set-" + i),
                        Optional.of(weights.get(i)),
                        1,
                        List.of("127.9.1." + i),
                        Optional.of("check-" + i)))
                .toList();
        Random random = new Random(7);
        return IntStream.range(0, 200)
                .map(query -> group.indexOf(Weights.choose(group, set -> healthy.contains(group.indexOf(set)), random)))
                .boxed()
                .collect(Collectors.toSet());
    }
}
