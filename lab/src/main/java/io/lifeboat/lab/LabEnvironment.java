package io.lifeboat.lab;

import io.lifeboat.lab.LabState.Credentials;
import io.lifeboat.lab.LabState.Region;
import io.lifeboat.lab.postgres.LabPostgres;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.TreeMap;

/** What the worker, the runbook's references and the {@code temporal} command find in their environment. */
final class LabEnvironment {

    private LabEnvironment() {}

    static SequencedMap<String, String> of(LabState state) {
        Credentials credentials = state.credentials();
        String outside = state.outside().address();
        SequencedMap<String, String> environment = new TreeMap<>();
        environment.put("TEMPORAL_ADDRESS", state.temporal().target());
        environment.put("TEMPORAL_NAMESPACE", state.temporal().namespace());
        environment.put("LAB_ACCESS_KEY", credentials.accessKey());
        environment.put("LAB_SECRET_KEY", credentials.secretKey());
        environment.put(
                "LAB_AGE_IDENTITY",
                credentials.backups().holder(state.standby().name()).identity());
        environment.put("LAB_SIGNING_KEY", credentials.backups().signing());
        environment.put(
                "ORDERS_CLIENT_RECORD",
                "http://%s:%d/record".formatted(outside, state.outside().clientPort()));
        environment.put("ORDERS_PORT", String.valueOf(state.primary().ordersPort()));
        for (Region region : state.regions()) {
            String suffix = region.name().replace('-', '_').toUpperCase(Locale.ROOT);
            environment.put("ORDERS_ADDRESS_" + suffix, region.address());
            environment.put(
                    "ORDERS_DB_" + suffix,
                    "postgresql://%s:%s@%s:%d/%s"
                            .formatted(
                                    credentials.databaseUser(),
                                    credentials.databasePassword(),
                                    region.address(),
                                    region.databasePort(),
                                    LabPostgres.DATABASE));
            environment.put(
                    "FENCE_AGENT_" + suffix,
                    "http://%s:%d/regions/%s".formatted(outside, state.outside().powerPort(), region.name()));
        }
        return environment;
    }
}
