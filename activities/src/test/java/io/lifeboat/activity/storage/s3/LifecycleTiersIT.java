package io.lifeboat.activity.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.lifeboat.activity.encryption.kms.MotoKms;
import io.lifeboat.activity.site.Settings;
import io.lifeboat.activity.site.Site;
import io.lifeboat.activity.storage.LargeObjects;
import io.lifeboat.activity.storage.Upload;
import io.lifeboat.runbook.Setting;
import io.lifeboat.runbook.Tiers;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ExpirationStatus;
import software.amazon.awssdk.services.s3.model.LifecycleRule;
import software.amazon.awssdk.services.s3.model.Tag;
import software.amazon.awssdk.services.s3.model.TransitionStorageClass;

/** Lifecycle rules and tags in moto's S3; SeaweedFS, which the other tests use, has no storage classes to move objects to. */
class LifecycleTiersIT {
    private static final String REGION = "us-west-2";
    private static final Tiers TIERS = new Tiers(Duration.ofDays(30), Duration.ofDays(90));

    @TempDir
    private static Path folder;

    private static MotoKms moto;
    private static S3Client client;
    private static S3ObjectStores stores;

    @BeforeAll
    static void start() throws Exception {
        MotoKms.assumeInstalled();
        moto = new MotoKms(folder, REGION, "127.33.7.1").await();
        client = S3Client.builder()
                .region(Region.of(REGION))
                .endpointOverride(moto.endpoint())
                .forcePathStyle(true)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("key", "key")))
                .build();
        stores = new S3ObjectStores(site(moto.endpoint()), new Settings(name -> null));
    }

    @AfterAll
    static void stop() throws Exception {
        if (moto != null) {
            stores.close();
            client.close();
            moto.close();
        }
    }

    @Test
    void ruleIsAddedOnceBesideThoseOfOthers() {
        create("rules");
        client.putBucketLifecycleConfiguration(b -> b.bucket("rules")
                .lifecycleConfiguration(c -> c.rules(LifecycleRule.builder()
                        .id("the team's own")
                        .status(ExpirationStatus.ENABLED)
                        .filter(f -> f.prefix("tmp/"))
                        .expiration(e -> e.days(7))
                        .build())));
        LargeObjects objects = stores.large(REGION);

        objects.tier("rules", TIERS);
        objects.tier("rules", TIERS);
        objects.tier("rules", new Tiers(Duration.ofDays(60), Duration.ofDays(180)));

        List<LifecycleRule> rules =
                client.getBucketLifecycleConfiguration(b -> b.bucket("rules")).rules();
        assertThat(rules)
                .extracting(LifecycleRule::id)
                .containsExactlyInAnyOrder("the team's own", "lifeboat-tiers-30-90", "lifeboat-tiers-60-180");
        LifecycleRule ours = rules.stream()
                .filter(rule -> rule.id().equals("lifeboat-tiers-30-90"))
                .findFirst()
                .orElseThrow();
        assertThat(ours.filter().tag())
                .isEqualTo(Tag.builder().key("lifeboat-tiers").value("30-90").build());
        assertThat(ours.transitions())
                .extracting(t -> t.days() + " " + t.storageClass())
                .containsExactly("30 " + TransitionStorageClass.STANDARD_IA, "90 " + TransitionStorageClass.GLACIER_IR);
    }

    @Test
    void bucketWithoutAnyRuleGetsTheFirst() {
        create("bare");

        stores.large(REGION).tier("bare", TIERS);

        assertThat(client.getBucketLifecycleConfiguration(b -> b.bucket("bare")).rules())
                .extracting(LifecycleRule::id)
                .containsExactly("lifeboat-tiers-30-90");
    }

    @Test
    void onlyWhatIsToAgeIsTagged() throws Exception {
        create("tags");
        write(stores.large(REGION).aging(TIERS), "aging");
        write(stores.large(REGION), "staying");

        assertThat(tags("aging"))
                .containsExactly(
                        Tag.builder().key("lifeboat-tiers").value("30-90").build());
        assertThat(tags("staying")).isEmpty();
    }

    private static void create(String bucket) {
        client.createBucket(b -> b.bucket(bucket).createBucketConfiguration(c -> c.locationConstraint(REGION)));
    }

    private static void write(LargeObjects objects, String key) throws Exception {
        try (Upload upload = objects.create("tags", key, Optional.empty())) {
            upload.write("sealed".getBytes(StandardCharsets.UTF_8));
            upload.complete();
        }
    }

    private static List<Tag> tags(String key) {
        return client.getObjectTagging(b -> b.bucket("tags").key(key)).tagSet();
    }

    private static Site site(URI endpoint) {
        Setting key = new Setting("key");
        return new Site(
                Map.of(
                        REGION,
                        new Site.Region(
                                new Site.Kubernetes(endpoint, Optional.empty(), Optional.empty()),
                                new Site.ObjectStore(Optional.of(endpoint), Optional.of(key), Optional.of(key)))),
                new Site.Route53(Optional.empty(), "us-east-1", Optional.empty(), Optional.empty(), List.of()));
    }
}
