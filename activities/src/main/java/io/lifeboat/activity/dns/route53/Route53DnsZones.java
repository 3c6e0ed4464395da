package io.lifeboat.activity.dns.route53;

import io.lifeboat.activity.dns.DnsZone;
import io.lifeboat.activity.dns.DnsZones;
import io.lifeboat.activity.site.Settings;
import io.lifeboat.activity.site.Site;
import io.lifeboat.workflow.FailureType;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.route53.Route53ClientBuilder;

/** The hosted zones of one account. The ids of zones never change, so each is looked up once. */
public final class Route53DnsZones implements DnsZones, AutoCloseable {
    private static final int DNS_PORT = 53;

    private final Site.Route53 access;
    private final Route53Client client;
    private final Map<String, String> ids = new ConcurrentHashMap<>();

    public Route53DnsZones(Site.Route53 access, Settings settings) {
        this.access = access;
        Route53ClientBuilder builder = Route53Client.builder()
                .region(Region.of(access.region()))
                .httpClient(UrlConnectionHttpClient.builder()
                        .connectionTimeout(Duration.ofSeconds(1))
                        .socketTimeout(Duration.ofSeconds(4))
                        .build())
                .overrideConfiguration(ClientOverrideConfiguration.builder()
                        .apiCallTimeout(Duration.ofSeconds(5))
                        .retryStrategy(DefaultRetryStrategy.doNotRetry())
                        .build());
        access.endpoint().ifPresent(builder::endpointOverride);
        access.accessKey()
                .ifPresent(
                        key -> builder.credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(
                                settings.resolve(key),
                                settings.resolve(access.secretKey().orElseThrow())))));
        this.client = builder.build();
    }

    @Override
    public DnsZone zone(String name) {
        return new Route53DnsZone(client, id(name), name);
    }

    @Override
    public List<String> nameservers(String name) {
        if (!access.nameservers().isEmpty()) {
            return access.nameservers();
        }
        return Route53DnsZone.call(
                "find the servers of zone \"" + name + "\"",
                () -> client.getHostedZone(b -> b.id(id(name))).delegationSet().nameServers().stream()
                        .map(server -> server + ":" + DNS_PORT)
                        .toList());
    }

    private String id(String name) {
        return ids.computeIfAbsent(
                name,
                n -> Route53DnsZone.call(
                                "find zone \"" + n + "\"",
                                () -> client.listHostedZonesByName(
                                        b -> b.dnsName(n).maxItems("1")))
                        .hostedZones()
                        .stream()
                        .filter(zone -> zone.name().equals(n + "."))
                        .map(zone -> zone.id().replace("/hostedzone/", ""))
                        .findFirst()
                        .orElseThrow(() -> FailureType.TARGET_NOT_FOUND.failure("Cannot find DNS zone \"" + n
                                + "\": the account has none of that name. Correct `traffic.zone`, or the account.")));
    }

    @Override
    public void close() {
        client.close();
    }
}
