package io.lifeboat.worker;

import io.lifeboat.activity.encryption.kms.KmsAccess;
import io.lifeboat.activity.site.Site;
import io.lifeboat.runbook.DataSize;
import io.lifeboat.runbook.Setting;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The worker's configuration under {@code lifeboat}. Unknown keys are errors. Secrets are references ({@code env:NAME},
 * {@code file:/path}).
 *
 * @param runbooks folder or file of the runbook catalog
 * @param name stable name of this worker, part of the pulse's markers
 * @param regions how each region is reached
 * @param route53 how the DNS provider is reached
 * @param reports where reports are kept besides the ledger bucket
 * @param backups keys of the backups; absent for a worker that takes and restores none
 * @param postgresql PostgreSQL's own programs
 * @param metrics what the metrics of backups are made from
 */
@ConfigurationProperties(prefix = "lifeboat", ignoreUnknownFields = false)
public record WorkerProperties(
        Path runbooks,
        @DefaultValue("worker") String name,
        Map<String, Region> regions,
        Route53 route53,
        @DefaultValue Reports reports,
        @Nullable Backups backups,
        @DefaultValue Postgresql postgresql,
        @DefaultValue Metrics metrics) {

    public record Region(
            Kubernetes kubernetes,
            @DefaultValue ObjectStore objectStore,
            @DefaultValue Kms kms) {}

    /** @param token empty where the API server asks for none */
    public record Kubernetes(
            URI url,
            @DefaultValue("") String token,
            @DefaultValue("") String caFile) {}

    /** @param endpoint absent for AWS itself */
    public record ObjectStore(
            @Nullable URI endpoint,
            @Nullable String accessKey,
            @Nullable String secretKey) {}

    /**
     * The key management service of a region, for backups that are sealed under its keys.
     *
     * @param endpoint absent for AWS itself
     * @param accessKey absent where the default credentials chain is to be used
     */
    public record Kms(
            @Nullable URI endpoint,
            @Nullable String accessKey,
            @Nullable String secretKey) {}

    /** @param nameservers {@code host:port}; empty to ask the zone's delegation set */
    public record Route53(
            @Nullable URI endpoint,
            @DefaultValue("us-east-1") String region,
            @Nullable String accessKey,
            @Nullable String secretKey,
            @DefaultValue List<String> nameservers) {}

    /** @param directory absent to keep reports in the bucket only */
    public record Reports(@Nullable Path directory) {}

    /** @param keys of each data class */
    public record Backups(Signing signing, @DefaultValue Map<String, Keys> keys) {}

    /**
     * The Ed25519 keys of the manifests, as PEM.
     *
     * @param keyId name of the private key among the trusted ones
     * @param trusted public keys, by name; old ones stay for as long as backups live that they signed
     * @param since when the private key came into use; absent where its age is not to be watched
     */
    public record Signing(
            String keyId,
            String privateKey,
            Map<String, String> trusted,
            @Nullable LocalDate since) {}

    /**
     * The keys of a data class: KMS keys, age keys, or both, so that what was sealed before with the others still opens.
     *
     * @param kms ARN of a key in each region, the nearest region's first
     * @param escrow public half of the offline RSA key, PEM; goes with {@code kms}
     * @param recipients age public key of each holder, {@code age1...}
     * @param identities age secret keys this worker opens with, {@code AGE-SECRET-KEY-1...}; empty for one that only seals
     * @param since when the keys of holders came into use that bear no date: recipients, and {@code escrow}
     * @param sealWith what new backups are sealed with; absent where {@code kms} or {@code recipients} is the only choice
     */
    public record Keys(
            @DefaultValue List<String> kms,
            @Nullable String escrow,
            @DefaultValue Map<String, String> recipients,
            @DefaultValue List<String> identities,
            @DefaultValue Map<String, LocalDate> since,
            @Nullable Sealing sealWith) {}

    /** What seals. */
    public enum Sealing {
        KMS,
        AGE
    }

    /**
     * @param programs folder of {@code pg_dump}, {@code postgres} and their relatives; absent to find them on the {@code PATH}
     * @param pgbackrest the program, where a policy's method needs it; absent to find it on the {@code PATH}
     * @param runAs the user an isolated instance and pgBackRest run as; absent for the worker's own, which must not be root
     * @param isolated folder below which instances are restored to prove backups; needs room for one at a time
     */
    public record Postgresql(
            @Nullable Path programs,
            @Nullable Path pgbackrest,
            @Nullable String runAs,
            @DefaultValue("/var/tmp/lifeboat-isolated") Path isolated) {}

    /**
     * @param every from one look at the buckets to the next
     * @param storageLimits how much the backups in a bucket may take; what the store itself allows cannot be asked of S3
     */
    public record Metrics(
            @DefaultValue("60s") Duration every,
            @DefaultValue List<StorageLimit> storageLimits) {}

    public record StorageLimit(String region, String bucket, DataSize limit) {}

    /** The same for the adapters. */
    Site site() {
        return new Site(
                regions.entrySet().stream()
                        .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, e -> region(e.getValue()))),
                new Site.Route53(
                        Optional.ofNullable(route53.endpoint()),
                        route53.region(),
                        setting(route53.accessKey()),
                        setting(route53.secretKey()),
                        route53.nameservers()));
    }

    /** How the KMS of each region is reached. */
    Map<String, KmsAccess> kms() {
        return regions.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(
                        Map.Entry::getKey, e -> access(e.getValue().kms())));
    }

    private static KmsAccess access(Kms kms) {
        return new KmsAccess(Optional.ofNullable(kms.endpoint()), setting(kms.accessKey()), setting(kms.secretKey()));
    }

    private static Site.Region region(Region region) {
        return new Site.Region(
                new Site.Kubernetes(
                        region.kubernetes().url(),
                        setting(region.kubernetes().token()),
                        setting(region.kubernetes().caFile()).map(s -> Path.of(s.text()))),
                new Site.ObjectStore(
                        Optional.ofNullable(region.objectStore().endpoint()),
                        setting(region.objectStore().accessKey()),
                        setting(region.objectStore().secretKey())));
    }

    private static Optional<Setting> setting(@Nullable String text) {
        return Optional.ofNullable(text).filter(t -> !t.isBlank()).map(Setting::new);
    }
}
