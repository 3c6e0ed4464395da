package io.lifeboat.activity.encryption.kms;

import io.lifeboat.activity.site.Settings;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.StandardRetryStrategy;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.KmsClientBuilder;

/** One client a region, made at its first use. A KMS in a dead region answers, or fails, within {@link #CALL}. */
public final class KmsClients implements AutoCloseable {
    static final Duration CALL = Duration.ofSeconds(5);
    private static final Duration CONNECT = Duration.ofSeconds(2);

    private final Map<String, KmsAccess> accesses;
    private final Settings settings;
    private final Map<String, KmsClient> clients = new ConcurrentHashMap<>();

    /** @param accesses by region; one that is not there is AWS's own, with the default credentials chain */
    public KmsClients(Map<String, KmsAccess> accesses, Settings settings) {
        this.accesses = Map.copyOf(accesses);
        this.settings = settings;
    }

    KmsClient in(String region) {
        return clients.computeIfAbsent(region, r -> client(r, accesses.getOrDefault(r, KmsAccess.ofAws())));
    }

    private KmsClient client(String region, KmsAccess access) {
        KmsClientBuilder builder = KmsClient.builder()
                .region(Region.of(region))
                .httpClientBuilder(UrlConnectionHttpClient.builder()
                        .connectionTimeout(CONNECT)
                        .socketTimeout(CALL))
                .overrideConfiguration(ClientOverrideConfiguration.builder()
                        .apiCallTimeout(CALL)
                        // For a lost packet or a throttled moment; within the same limit.
                        .retryStrategy(
                                StandardRetryStrategy.builder().maxAttempts(2).build())
                        .build());
        access.endpoint().ifPresent(builder::endpointOverride);
        access.accessKey()
                .ifPresent(
                        key -> builder.credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(
                                settings.resolve(key),
                                settings.resolve(access.secretKey().orElseThrow())))));
        return builder.build();
    }

    @Override
    public void close() {
        clients.values().forEach(KmsClient::close);
    }
}
