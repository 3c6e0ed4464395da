package io.lifeboat.runbook;

import java.util.ArrayList;
import java.util.List;

/** Where a value is in a runbook, as people write it: {@code traffic.endpoints[0].weight}. */
record KeyPath(List<Step> steps) {
    static final KeyPath ROOT = new KeyPath(List.of());

    sealed interface Step {
        record Key(String name) implements Step {}

        record Item(int index) implements Step {}
    }

    KeyPath {
        steps = List.copyOf(steps);
    }

    /** Reads what {@link #toString} writes, for keys without dots and brackets: all keys of a valid runbook. */
    static KeyPath parse(String text) {
        KeyPath path = ROOT;
        for (String part : text.split("\\.")) {
            String[] pieces = part.split("\\[");
            path = path.key(pieces[0]);
            for (int i = 1; i < pieces.length; i++) {
                path = path.item(Integer.parseInt(pieces[i].substring(0, pieces[i].length() - 1)));
            }
        }
        return path;
    }

    KeyPath key(String name) {
        return with(new Step.Key(name));
    }

    KeyPath item(int index) {
        return with(new Step.Item(index));
    }

    boolean isRoot() {
        return steps.isEmpty();
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (Step step : steps) {
            switch (step) {
                case Step.Key(String name) ->
                    text.append(text.isEmpty() ? "" : ".").append(name);
                case Step.Item(int index) -> text.append('[').append(index).append(']');
            }
        }
        return text.toString();
    }

    private KeyPath with(Step step) {
        List<Step> longer = new ArrayList<>(steps);
        longer.add(step);
        return new KeyPath(longer);
    }
}
