package io.lifeboat.runbook;

import io.lifeboat.runbook.ReferenceCheck.Mistake;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Backup policies: names used once, and no lock that a typo could make outlive everybody who could regret it. */
final class PolicyCheck {
    private static final Duration COMPLIANCE_CAP = Duration.ofDays(3660);
    private static final Duration CAP_WITHOUT_HOLD = Duration.ofDays(400);

    private final Positions positions;
    private final Set<KeyPath> broken;
    private final List<Mistake> mistakes = new ArrayList<>();

    private PolicyCheck(YamlNode root, Set<KeyPath> broken) {
        this.positions = new Positions(root);
        this.broken = broken;
    }

    static List<Mistake> find(YamlNode root, Set<KeyPath> broken) {
        PolicyCheck check = new PolicyCheck(root, broken);
        KeyPath datastores = KeyPath.ROOT.key("datastores");
        for (int i = 0; i < check.size(datastores); i++) {
            check.policies(datastores.item(i).key("backups"));
        }
        return check.mistakes;
    }

    private void policies(KeyPath list) {
        Map<String, KeyPath> seen = new HashMap<>();
        for (int i = 0; i < size(list); i++) {
            KeyPath policy = list.item(i);
            text(policy.key("name")).ifPresent(name -> {
                KeyPath first = seen.putIfAbsent(name, policy);
                if (first != null) {
                    String message = "name " + Quoted.text(name) + " is used twice, first by " + first;
                    mistakes.add(new Mistake(policy.key("name"), message, "Rename one of them."));
                }
            });
            lock(policy);
        }
    }

    private void lock(KeyPath policy) {
        KeyPath place = policy.key("lock").key("for");
        Optional<Duration> period = duration(place);
        if (period.isEmpty()) {
            return;
        }
        String locked = Quoted.text(place.toString()) + " is " + DurationText.of(period.get());
        boolean compliance = text(policy.key("lock").key("mode"))
                .filter("compliance"::equals)
                .isPresent();
        if (compliance && period.get().compareTo(COMPLIANCE_CAP) > 0) {
            mistakes.add(new Mistake(
                    place,
                    locked + ", but nobody can lift a compliance lock and it is capped at 3660d",
                    "Write at most 3660d."));
        } else if (period.get().compareTo(CAP_WITHOUT_HOLD) > 0
                && !broken.contains(policy.key("holdFor"))
                && duration(policy.key("holdFor"))
                        .filter(hold -> hold.compareTo(period.get()) >= 0)
                        .isEmpty()) {
            mistakes.add(new Mistake(
                    place,
                    locked + ", but a lock is capped at 400d unless holdFor is as long",
                    "Write at most 400d, or a holdFor of at least " + DurationText.of(period.get()) + "."));
        }
    }

    /** Nothing when it is none: then the schema has said so, and no rule follows from it. */
    private Optional<Duration> duration(KeyPath path) {
        try {
            return text(path).map(DurationText::parse);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private int size(KeyPath list) {
        return positions.node(list).map(node -> node.children().size()).orElse(0);
    }

    private Optional<String> text(KeyPath path) {
        return broken.contains(path) ? Optional.empty() : positions.node(path).flatMap(YamlNode::text);
    }
}
