package io.lifeboat.workflow.failover;

import io.lifeboat.workflow.Fact;
import io.lifeboat.workflow.Receipt;
import java.util.ArrayList;
import java.util.List;

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
        PRIMARY,
        STANDBY,
        UNREACHABLE
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
        return "The service lives in " + activeRegion + "; "
                + String.join(
                        ", ",
                        regions.stream()
                                .map(r -> r.region() + (r.serviceAnswers() ? " answers" : " does not answer"))
                                .toList())
                + ".";
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
