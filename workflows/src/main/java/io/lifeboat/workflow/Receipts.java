package io.lifeboat.workflow;

import java.util.List;
import java.util.stream.Collectors;

/** The receipts of a step that did the same to several things. Stays inside a workflow; only its parts travel. */
public record Receipts<T extends Receipt>(List<T> all) implements Receipt {
    public Receipts {
        all = List.copyOf(all);
    }

    public static <T extends Receipt> Receipts<T> of(List<T> receipts) {
        return new Receipts<>(receipts);
    }

    @Override
    public String sentence() {
        return all.stream().map(Receipt::sentence).collect(Collectors.joining(" "));
    }

    @Override
    public List<Fact> facts() {
        return all.stream().flatMap(r -> r.facts().stream()).toList();
    }
}
