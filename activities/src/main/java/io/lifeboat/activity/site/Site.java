package io.lifeboat.activity.site;

import io.lifeboat.runbook.Setting;
import io.lifeboat.workflow.FailureType;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How the worker reaches what a runbook names. Secrets are references, resolved at the moment of use.
 *
 * @param regions by region name
 */
public record Site(Map<String, Region> regions, Route53 route53) {

    public record Region(Kubernetes kubernetes, ObjectStore objectStore) {}

    /**
     * @param token bearer token; absent where the API server asks for none
     * @param caFile certificate of the API server's authority; absent for plain HTTP and for publicly trusted ones
     */
    public record Kubernetes(URI url, Optional<Setting> token, Optional<Path> caFile) {}

    /**
     * An S3 API.
     *
     * @param endpoint absent for AWS itself
     * @param accessKey absent where the default credentials chain is to be used
     */
    public record ObjectStore(Optional<URI> endpoint, Optional<Setting> accessKey, Optional<Setting> secretKey) {}

    /**
     * The DNS provider.
     *
     * @param endpoint absent for AWS itself
     * @param nameservers {@code host:port} of the zone's authoritative servers; empty to ask the zone's own delegation set
     */
    public record Route53(
            Optional<URI> endpoint,
            String region,
            Optional<Setting> accessKey,
            Optional<Setting> secretKey,
            List<String> nameservers) {
        public Route53 {
            nameservers = List.copyOf(nameservers);
        }
    }

    public Site {
        regions = Map.copyOf(regions);
    }

    /** The access of a region, or {@code TARGET_NOT_FOUND}. */
    public Region region(String name) {
        Region region = regions.get(name);
        if (region == null) {
            throw FailureType.TARGET_NOT_FOUND.failure("Cannot reach region \"" + name
                    + "\": the worker's configuration has only " + regions.keySet() + ". Add lifeboat.regions." + name
                    + " to it.");
        }
        return region;
    }
}
