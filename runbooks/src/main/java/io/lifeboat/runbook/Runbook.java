package io.lifeboat.runbook;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.util.List;
import java.util.Optional;

/**
 * Everything that is true of one service, as far as its recovery needs it.
 *
 * @param service name of the service, unique in a catalog; part of workflow ids and of object keys
 * @param schedules which of its procedures start by themselves, and when; empty when none does
 * @param client where the record of a synthetic client can be read, the judge of RTO and RPO; without it the report says
 *     that nobody measured them
 */
public record Runbook(
        String apiVersion,
        String service,
        String description,
        String owner,
        Regions regions,
        Objectives objectives,
        Ledger ledger,
        List<Datastore> datastores,
        List<Workload> workloads,
        Traffic traffic,
        List<FenceDriver> fence,
        List<SmokeTest> smokeTests,
        Approvals approvals,
        @JsonSetter(nulls = Nulls.AS_EMPTY) List<Schedule> schedules,
        Optional<Client> client) {

    /** The only version of the format so far. */
    public static final String API_VERSION = "lifeboat.io/v1";

    public Runbook {
        datastores = List.copyOf(datastores);
        workloads = List.copyOf(workloads);
        fence = List.copyOf(fence);
        smokeTests = List.copyOf(smokeTests);
        schedules = List.copyOf(schedules);
    }

    /** The region that takes over when {@code region} is lost. */
    public String otherRegion(String region) {
        return regions.primary().equals(region) ? regions.standby() : regions.primary();
    }
}
