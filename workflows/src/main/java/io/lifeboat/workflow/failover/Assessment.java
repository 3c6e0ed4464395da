package io.lifeboat.workflow.failover;

import io.lifeboat.workflow.Fact;
import io.lifeboat.workflow.Receipt;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What was seen of a service before anything was done.
 *
 * @param activeRegion where the service lives by the epoch object; the runbook's primary where there is none yet
 * @param epoch newest epoch taken so far; 0 when none was
 * @param regions one entry a region
 */
public record Assessment(String activeRegion, long epoch, List<RegionView> regions) implements Receipt {

    /**
     * One region.
     *
     * @param serviceAnswers whether the region's own endpoint gave a good answer
     * @param kubernetes what its Kubernetes API said
     */
    public record RegionView(String region, boolean serviceAnswers, String kubernetes, List<DatabaseView> databases) {
        public RegionView {
            databases = List.copyOf(databases);
        }
    }

    /** @param detail what was seen where it does not answer, without secrets */
    public record DatabaseView(String datastore, DatabaseRole role, String detail) {}

    /** What a database is, seen from outside. */
    public enum DatabaseRole {
        PRIMARY("the primary"),
        STANDBY("a standby"),
        UNREACHABLE("not reachable");

        private final String words;

        DatabaseRole(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }
    }

    public Assessment {
        regions = List.copyOf(regions);
    }

    public RegionView in(String region) {
        return regions.stream()
                .filter(r -> r.region().equals(region))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("region \"" + region + "\" was not looked at"));
    }

    @Override
    public String sentence() {
        String databases = regions.stream()
                .flatMap(region -> region.databases().stream()
                        .map(d -> d.datastore() + " is " + d.role().words() + " in " + region.region()))
                .collect(Collectors.joining(", "));
        return "The service lives in " + activeRegion
                + (in(activeRegion).serviceAnswers() ? " and answers there" : " and does not answer there")
                + (databases.isEmpty() ? "." : "; " + databases + ".");
    }

    @Override
    public List<Fact> facts() {
        List<Fact> facts = new ArrayList<>();
        for (RegionView region : regions) {
            facts.add(new Fact(region.region() + " service", region.serviceAnswers() ? "answers" : "does not answer"));
            facts.add(new Fact(region.region() + " Kubernetes", region.kubernetes()));
            region.databases()
                    .forEach(d ->
                            facts.add(new Fact(region.region() + " " + d.datastore(), d.role() + " " + d.detail())));
        }
        return List.copyOf(facts);
    }
}
