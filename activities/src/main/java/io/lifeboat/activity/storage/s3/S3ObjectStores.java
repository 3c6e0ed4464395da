package io.lifeboat.activity.storage.s3;

import io.lifeboat.activity.site.Settings;
import io.lifeboat.activity.site.Site;
import io.lifeboat.activity.storage.LargeObjects;
import io.lifeboat.activity.storage.ObjectStore;
import io.lifeboat.activity.storage.ObjectStores;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/**
 * Two clients a region, each made at its first use. A store of small objects in a dead region answers, or fails, within about
 * three seconds; a part of a large object may take minutes.
 */
public final class S3ObjectStores implements ObjectStores, AutoCloseable {
    private final Site site;
    private final Settings settings;
    private final Map<String, S3Client> clients = new ConcurrentHashMap<>();
    private final Map<String, S3Client> largeClients = new ConcurrentHashMap<>();

    public S3ObjectStores(Site site, Settings settings) {
        this.site = site;
        this.settings = settings;
    }

    @Override
    public ObjectStore in(String region) {
        Site.ObjectStore access = site.region(region).objectStore();
        return new S3ObjectStore(clients.computeIfAbsent(region, r -> client(r, access)), region);
    }

    /** The large objects of a region; {@code TARGET_NOT_FOUND} for a region the worker does not know. */
    public LargeObjects large(String region) {
        Site.ObjectStore access = site.region(region).objectStore();
        return new S3LargeObjects(largeClients.computeIfAbsent(region, r -> largeClient(r, access)), region);
    }

    private S3Client client(String region, Site.ObjectStore access) {
        return client(
                region,
                access,
                UrlConnectionHttpClient.builder()
                        .connectionTimeout(Duration.ofSeconds(1))
                        .socketTimeout(Duration.ofSeconds(2)),
                ClientOverrideConfiguration.builder()
                        .apiCallTimeout(Duration.ofSeconds(5))
                        // A conditional write that is sent twice would see its own first attempt as another writer's.
                        .retryStrategy(DefaultRetryStrategy.doNotRetry()));
    }

    private S3Client largeClient(String region, Site.ObjectStore access) {
        return client(
                region,
                access,
                UrlConnectionHttpClient.builder()
                        .connectionTimeout(Duration.ofSeconds(2))
                        .socketTimeout(Duration.ofSeconds(30)),
                ClientOverrideConfiguration.builder()
                        .apiCallAttemptTimeout(Duration.ofMinutes(2))
                        .apiCallTimeout(Duration.ofMinutes(5))
                        // A part that is sent twice replaces itself.
                        .retryStrategy(RetryMode.STANDARD));
    }

    private S3Client client(
            String region,
            Site.ObjectStore access,
            UrlConnectionHttpClient.Builder http,
            ClientOverrideConfiguration.Builder limits) {
        S3ClientBuilder builder = S3Client.builder()
                .region(Region.of(region))
                .forcePathStyle(access.endpoint().isPresent())
                .httpClientBuilder(http)
                .overrideConfiguration(limits.build());
        access.endpoint()
                .ifPresent(endpoint -> builder.endpointOverride(endpoint)
                        // Not every S3 server takes the SDK's trailing checksums: SeaweedFS 4.48 now and then answers
                        // InvalidDigest.
                        .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                        .serviceConfiguration(s3 -> s3.chunkedEncodingEnabled(false)));
        access.accessKey()
                .ifPresent(
                        key -> builder.credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(
                                settings.resolve(key),
                                settings.resolve(access.secretKey().orElseThrow())))));
        return builder.build();
    }

    @Override
    public void close() {
        clients.values().forEach(S3Client::close);
        largeClients.values().forEach(S3Client::close);
    }
}
