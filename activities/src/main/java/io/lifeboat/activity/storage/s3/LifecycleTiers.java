package io.lifeboat.activity.storage.s3;

import io.lifeboat.runbook.Tiers;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ExpirationStatus;
import software.amazon.awssdk.services.s3.model.LifecycleRule;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.Transition;
import software.amazon.awssdk.services.s3.model.TransitionStorageClass;

/**
 * The lifecycle rule that moves objects to other storage classes as they age. Objects are found by a tag that names both ages, so that a
 * bucket has one rule for each pair of them, whoever uses it. A transition moves a locked object, too, and makes no second version.
 *
 * <p>The two classes answer at once; those that have to be thawed first would cost a restore hours.
 */
record LifecycleTiers(Tiers ages) {
    private static final String TAG = "lifeboat-tiers";

    /** As S3 takes it when an object is written. */
    String tagging() {
        return TAG + "=" + pair();
    }

    private String pair() {
        return ages.warm().toDays() + "-" + ages.cold().toDays();
    }

    /** Adds the rule to a bucket and leaves the others as they are; writes nothing where it is there. */
    void addTo(S3Client client, String bucket) {
        List<LifecycleRule> rules = rules(client, bucket);
        if (rules.stream().anyMatch(rule -> id().equals(rule.id()))) {
            return;
        }
        List<LifecycleRule> all = new ArrayList<>(rules);
        all.add(rule());
        client.putBucketLifecycleConfiguration(b -> b.bucket(bucket).lifecycleConfiguration(c -> c.rules(all)));
    }

    private String id() {
        return TAG + "-" + pair();
    }

    private LifecycleRule rule() {
        return LifecycleRule.builder()
                .id(id())
                .status(ExpirationStatus.ENABLED)
                .filter(f -> f.tag(t -> t.key(TAG).value(pair())))
                .transitions(
                        transition(ages.warm().toDays(), TransitionStorageClass.STANDARD_IA),
                        transition(ages.cold().toDays(), TransitionStorageClass.GLACIER_IR))
                .build();
    }

    private static Transition transition(long days, TransitionStorageClass to) {
        return Transition.builder().days(Math.toIntExact(days)).storageClass(to).build();
    }

    private static List<LifecycleRule> rules(S3Client client, String bucket) {
        try {
            return client.getBucketLifecycleConfiguration(b -> b.bucket(bucket)).rules();
        } catch (S3Exception none) {
            if (none.awsErrorDetails() != null
                    && "NoSuchLifecycleConfiguration"
                            .equals(none.awsErrorDetails().errorCode())) {
                return List.of();
            }
            throw none;
        }
    }
}
