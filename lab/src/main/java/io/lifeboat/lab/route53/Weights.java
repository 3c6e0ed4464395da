package io.lifeboat.lab.route53;

import java.util.List;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/**
 * Which set of a weighted group answers a query. The words in quotes are those of Route 53's Developer Guide, "How
 * Amazon Route 53 chooses records when health checking is configured" and "Weighted routing".
 *
 * <ul>
 *   <li>"Route 53 initially considers only the nonzero weighted records, if any."
 *   <li>"If all the records that have a weight greater than 0 are unhealthy, then Route 53 considers the zero-weighted
 *       records."
 *   <li>"If none of the records in a group of records are healthy, [...] Route 53 considers all the records in the group
 *       to be healthy and selects one based on the routing policy and on the values that you specify for each record."
 *       So those of weight zero stay silent while another has weight.
 *   <li>"If you set Weight to 0 for all of the records in the group, traffic is routed to all resources with equal
 *       probability."
 *   <li>A record without a health check is always considered healthy.
 * </ul>
 */
final class Weights {
    private Weights() {}

    static RecordSet choose(List<RecordSet> group, Predicate<RecordSet> healthy, RandomGenerator random) {
        List<RecordSet> able = group.stream().filter(healthy).toList();
        return pick(able.isEmpty() ? group : able, random);
    }

    private static RecordSet pick(List<RecordSet> candidates, RandomGenerator random) {
        int total = candidates.stream().mapToInt(Weights::weight).sum();
        if (total == 0) {
            return candidates.get(random.nextInt(candidates.size()));
        }
        int point = random.nextInt(total);
        for (RecordSet candidate : candidates) {
            point -= weight(candidate);
            if (point < 0) {
                return candidate;
            }
        }
        throw new IllegalStateException("A point below the sum of the weights lies in one of them");
    }

    private static int weight(RecordSet set) {
        return set.weight().orElse(0);
    }
}
