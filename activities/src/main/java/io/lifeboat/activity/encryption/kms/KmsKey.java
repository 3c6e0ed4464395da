package io.lifeboat.activity.encryption.kms;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A symmetric KMS key of one region and one data class. Keys of two regions are better independent than replicas of each other:
 * replicas have the same material.
 *
 * @param arn {@code arn:aws:kms:REGION:ACCOUNT:key/ID}; an alias will not do, because what was sealed names the key itself
 */
public record KmsKey(String arn) {
    private static final Pattern ARN = Pattern.compile("arn:aws[a-z-]*:kms:([a-z0-9-]+):\\d{12}:key/[A-Za-z0-9-]+");

    public KmsKey {
        if (!ARN.matcher(arn).matches()) {
            throw new IllegalArgumentException("Cannot use KMS key \"" + arn
                    + "\": it is no key ARN. Write arn:aws:kms:REGION:ACCOUNT:key/ID, not an id or an alias.");
        }
    }

    /** The region whose KMS has it, which is the holder's name. */
    public String region() {
        Matcher parts = ARN.matcher(arn);
        if (!parts.matches()) {
            throw new IllegalStateException(arn);
        }
        return parts.group(1);
    }
}
