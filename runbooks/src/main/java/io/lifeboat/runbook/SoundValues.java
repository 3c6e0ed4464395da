package io.lifeboat.runbook;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * The values of a tree as far as they are not known to be wrong, for checks of what they mean.
 *
 * @param broken values that were reported, and of which nothing follows
 */
record SoundValues(Positions positions, Set<KeyPath> broken) {
    SoundValues(YamlNode root, Set<KeyPath> broken) {
        this(new Positions(root), Set.copyOf(broken));
    }

    /** How many items a list has; 0 where there is none. */
    int size(KeyPath list) {
        return positions.node(list).map(node -> node.children().size()).orElse(0);
    }

    /** Whether something stands there, right or wrong. */
    boolean has(KeyPath path) {
        return positions.node(path).isPresent();
    }

    Optional<String> text(KeyPath path) {
        return broken.contains(path) ? Optional.empty() : positions.node(path).flatMap(YamlNode::text);
    }

    /** Nothing when it is none: then the schema has said so, and no rule follows from it. */
    Optional<Duration> duration(KeyPath path) {
        try {
            return text(path).map(DurationText::parse);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
