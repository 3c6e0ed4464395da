package io.lifeboat.workflow.traffic;

import io.lifeboat.workflow.Fact;
import io.lifeboat.workflow.Receipt;
import java.util.ArrayList;
import java.util.List;

/**
 * The zone after a move.
 *
 * @param before weights as they were
 * @param after weights as they are
 * @param answers what each authoritative server answered after the change
 */
public record TrafficReceipt(
        String record, List<Weight> before, List<Weight> after, String change, List<Fact> answers, double seconds)
        implements Receipt {
    public record Weight(String region, int weight) {}

    public TrafficReceipt {
        before = List.copyOf(before);
        after = List.copyOf(after);
        answers = List.copyOf(answers);
    }

    @Override
    public String sentence() {
        return record + " answers with "
                + String.join(
                        ", ",
                        after.stream()
                                .filter(w -> w.weight() > 0)
                                .map(Weight::region)
                                .toList())
                + " on every authoritative server.";
    }

    @Override
    public List<Fact> facts() {
        List<Fact> facts = new ArrayList<>();
        for (Weight weight : after) {
            int was = before.stream()
                    .filter(b -> b.region().equals(weight.region()))
                    .mapToInt(Weight::weight)
                    .findFirst()
                    .orElse(0);
            facts.add(new Fact("weight of " + weight.region(), was + " → " + weight.weight()));
        }
        facts.add(new Fact("change", change));
        facts.addAll(answers);
        return List.copyOf(facts);
    }
}
