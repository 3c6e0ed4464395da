package io.lifeboat.runbook;

import io.lifeboat.runbook.ReferenceCheck.Mistake;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Backup policies: names used once, no lock that a typo could make outlive everybody who could regret it, and no setting of another
 * method.
 */
final class PolicyCheck {
    private static final Duration COMPLIANCE_CAP = Duration.ofDays(3660);
    private static final Duration SHORTEST_TIER = Duration.ofDays(30);
    private static final Duration CAP_WITHOUT_HOLD = Duration.ofDays(400);

    /** The method that reads a setting. */
    private static final Map<String, String> OWN = new TreeMap<>(
            Map.of("archive", "basebackup", "dump", "logical", "increments", "basebackup", "pgbackrest", "pgbackrest"));

    private final SoundValues values;
    private final List<Mistake> mistakes = new ArrayList<>();

    private PolicyCheck(SoundValues values) {
        this.values = values;
    }

    static List<Mistake> find(YamlNode root, Set<KeyPath> broken) {
        PolicyCheck check = new PolicyCheck(new SoundValues(root, broken));
        KeyPath datastores = KeyPath.ROOT.key("datastores");
        for (int i = 0; i < check.values.size(datastores); i++) {
            check.policies(datastores.item(i).key("backups"));
        }
        return check.mistakes;
    }

    private void policies(KeyPath list) {
        Map<String, KeyPath> seen = new HashMap<>();
        for (int i = 0; i < values.size(list); i++) {
            KeyPath policy = list.item(i);
            values.text(policy.key("name")).ifPresent(name -> {
                KeyPath first = seen.putIfAbsent(name, policy);
                if (first != null) {
                    String message = "name " + Quoted.text(name) + " is used twice, first by " + first;
                    mistakes.add(new Mistake(policy.key("name"), message, "Rename one of them."));
                }
            });
            lock(policy);
            tiers(policy.key("tiers"));
            methodsOwn(policy);
        }
    }

    /** S3 moves nothing to STANDARD_IA before its 30th day, and bills 30 days there in any case. */
    private void tiers(KeyPath tiers) {
        Optional<Duration> warm = values.duration(tiers.key("warm"));
        Optional<Duration> cold = values.duration(tiers.key("cold"));
        warm.filter(age -> age.compareTo(SHORTEST_TIER) < 0)
                .ifPresent(age -> mistakes.add(new Mistake(
                        tiers.key("warm"),
                        Quoted.text("warm") + " begins after " + DurationText.of(age) + ", and no store moves an object"
                                + " to such a tier before its 30th day",
                        "Write at least 30d.")));
        if (warm.isPresent()
                && cold.filter(age -> age.compareTo(warm.get().plus(SHORTEST_TIER)) < 0)
                        .isPresent()) {
            mistakes.add(new Mistake(
                    tiers.key("cold"),
                    Quoted.text("cold") + " begins after " + DurationText.of(cold.get()) + ", less than 30d after "
                            + Quoted.text("warm"),
                    "Write at least " + DurationText.of(warm.get().plus(SHORTEST_TIER)) + "."));
        }
        for (String name : List.of("warm", "cold")) {
            values.duration(tiers.key(name))
                    .filter(age -> !age.equals(Duration.ofDays(age.toDays())))
                    .ifPresent(age -> mistakes.add(new Mistake(
                            tiers.key(name), Quoted.text(name) + " is no number of whole days", "Write days.")));
        }
    }

    /** Settings that only one method reads, beside another method would be believed and do nothing. */
    private void methodsOwn(KeyPath policy) {
        values.text(policy.key("method")).ifPresent(method -> {
            OWN.forEach((setting, owner) -> {
                KeyPath place = policy.key(setting);
                if (!owner.equals(method) && values.has(place)) {
                    mistakes.add(new Mistake(
                            place,
                            Quoted.text(setting) + " is read by method " + Quoted.text(owner)
                                    + " only, and this policy's is " + Quoted.text(method),
                            "Remove it, or write `method: " + owner + "`."));
                }
            });
            if (method.equals("pgbackrest")) {
                pgBackRest(policy);
            }
        });
    }

    /** Its bytes are in its own repository: a copy of what is in the bucket would only look like a copy of the backup. */
    private void pgBackRest(KeyPath policy) {
        if (!values.has(policy.key("pgbackrest"))) {
            mistakes.add(new Mistake(
                    policy.key("method"),
                    "method \"pgbackrest\" needs to know its repository",
                    "Add `pgbackrest: { stanza: NAME, repository: 1, full: 7d, between: incr }`."));
        }
        if (values.has(policy.key("lock"))) {
            mistakes.add(new Mistake(
                    policy.key("lock"),
                    "pgBackRest keeps the backups in a repository of its own, and nothing there would be locked",
                    "Remove it, and give the repository's bucket a default retention (S3 Object Lock)."));
        }
        if (values.has(policy.key("tiers"))) {
            mistakes.add(new Mistake(
                    policy.key("tiers"),
                    "pgBackRest keeps the backups in a repository of its own, and nothing there would be moved",
                    "Remove it, and give the repository's bucket a lifecycle rule."));
        }
        if (values.size(policy.key("copies")) > 0) {
            mistakes.add(new Mistake(
                    policy.key("copies"),
                    "pgBackRest keeps the backups in a repository of its own, and they cannot be copied from there",
                    "Write `copies: []`, and take a second policy for a second repository in another region."));
        }
    }

    private void lock(KeyPath policy) {
        KeyPath place = policy.key("lock").key("for");
        Optional<Duration> period = values.duration(place);
        if (period.isEmpty()) {
            return;
        }
        String locked = Quoted.text(place.toString()) + " is " + DurationText.of(period.get());
        boolean compliance = values.text(policy.key("lock").key("mode"))
                .filter("compliance"::equals)
                .isPresent();
        if (compliance && period.get().compareTo(COMPLIANCE_CAP) > 0) {
            mistakes.add(new Mistake(
                    place,
                    locked + ", but nobody can lift a compliance lock and it is capped at 3660d",
                    "Write at most 3660d."));
        } else if (period.get().compareTo(CAP_WITHOUT_HOLD) > 0
                && !values.broken().contains(policy.key("holdFor"))
                && values.duration(policy.key("holdFor"))
                        .filter(hold -> hold.compareTo(period.get()) >= 0)
                        .isEmpty()) {
            mistakes.add(new Mistake(
                    place,
                    locked + ", but a lock is capped at 400d unless holdFor is as long",
                    "Write at most 400d, or a holdFor of at least " + DurationText.of(period.get()) + "."));
        }
    }
}
