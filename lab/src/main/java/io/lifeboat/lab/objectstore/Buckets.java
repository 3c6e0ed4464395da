package io.lifeboat.lab.objectstore;

import io.lifeboat.lab.LabException;
import io.lifeboat.lab.LabState.Credentials;
import io.lifeboat.lab.process.Deadline;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketAlreadyOwnedByYouException;

/** Creates buckets in one region's object store. */
public final class Buckets {

    public static final String LEDGER = "lifeboat-ledger";
    public static final String BACKUPS = "lifeboat-backups";

    /** Object Lock can only be given to a bucket when it is made. */
    private static final Set<String> LOCKING = Set.of(BACKUPS);

    private static final Duration CALL = Duration.ofSeconds(10);
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(50);
    private static final Duration SETTLE = Duration.ofSeconds(30);

    private Buckets() {}

    /** Creates what is not there yet; a store that has just started may need some tries. */
    public static void create(String region, URI endpoint, Credentials credentials, List<String> names) {
        try (S3Client client = client(region, endpoint, credentials)) {
            for (String name : names) {
                create(client, region, name);
            }
        }
    }

    /** A client for a region's store, without the trailing checksums that SeaweedFS 4.48 now and then refuses. */
    public static S3Client client(String region, URI endpoint, Credentials credentials) {
        return S3Client.builder()
                .endpointOverride(endpoint)
                .region(Region.of(region))
                .forcePathStyle(true)
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .serviceConfiguration(s3 -> s3.chunkedEncodingEnabled(false))
                .credentialsProvider(StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(credentials.accessKey(), credentials.secretKey())))
                .httpClientBuilder(UrlConnectionHttpClient.builder()
                        .connectionTimeout(CALL)
                        .socketTimeout(CALL))
                .overrideConfiguration(override -> override.apiCallTimeout(CALL))
                .build();
    }

    private static void create(S3Client client, String region, String name) {
        Deadline deadline = Deadline.after(SETTLE);
        while (true) {
            try {
                client.createBucket(request -> request.bucket(name).objectLockEnabledForBucket(LOCKING.contains(name)));
                return;
            } catch (BucketAlreadyOwnedByYouException present) {
                return;
            } catch (SdkException e) {
                if (deadline.passed()) {
                    throw LabException.failed(
                            "Cannot create bucket \"" + name + "\" in " + region + ": " + e.getMessage()
                                    + ". Look at the object store's log.",
                            e);
                }
                Deadline.pause(BETWEEN_TRIES);
            }
        }
    }
}
