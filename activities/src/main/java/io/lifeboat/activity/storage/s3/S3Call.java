package io.lifeboat.activity.storage.s3;

import io.lifeboat.workflow.FailureType;
import java.io.UncheckedIOException;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Says in our own words why a call of a region's store failed, and whether trying again can help. */
record S3Call(String region) {
    private static final Logger LOG = LoggerFactory.getLogger(S3Call.class);
    private static final int BAD_REQUEST = 400;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int REPLACED = 412;
    private static final int NOT_IMPLEMENTED = 501;
    private static final String WITHOUT_REASON = "without a reason";

    /** S3 answers 400 to them, and not 403 (API reference, "Error responses"). */
    private static final Set<String> EXPIRED = Set.of("ExpiredToken", "InvalidToken", "TokenRefreshRequired");

    <T> T of(String verb, String bucket, String key, Supplier<T> call) {
        String what = "Cannot " + verb + " \"" + key + "\" in bucket \"" + bucket + "\" in " + region + ": ";
        try {
            return call.get();
        } catch (S3Exception refused) {
            throw type(refused)
                    .failure(what + "the store answered " + refused.statusCode() + " " + code(refused) + ". "
                            + advice(refused));
        } catch (SdkException | UncheckedIOException failed) {
            // The SDK does not wrap a connection that ends in the middle of an answer.
            throw FailureType.UNAVAILABLE.failure(
                    what + "the store does not answer. Check that it runs and can be reached from the worker.", failed);
        }
    }

    void run(String verb, String bucket, String key, Runnable call) {
        of(verb, bucket, key, () -> {
            call.run();
            return key;
        });
    }

    /** For what only tidies up. */
    void quietly(Runnable call) {
        try {
            call.run();
        } catch (SdkException | UncheckedIOException failed) {
            LOG.debug("left for the next run to tidy up", failed);
        }
    }

    private static FailureType type(S3Exception refused) {
        if (isUploadGone(refused)) {
            return FailureType.UNAVAILABLE;
        }
        if (isWithoutLocks(refused)) {
            return FailureType.PRECONDITION_FAILED;
        }
        if (isExpired(refused) || refused.statusCode() == NOT_IMPLEMENTED) {
            return FailureType.PRECONDITION_FAILED;
        }
        return switch (refused.statusCode()) {
            case FORBIDDEN -> FailureType.PRECONDITION_FAILED;
            case NOT_FOUND -> FailureType.TARGET_NOT_FOUND;
            default -> FailureType.UNAVAILABLE;
        };
    }

    private static String advice(S3Exception refused) {
        if (isUploadGone(refused)) {
            return "The upload was tidied away, or completed while its answer was lost. Write the object again.";
        }
        if (isWithoutLocks(refused)) {
            return "Create the bucket with Object Lock, or take the lock out of the policy.";
        }
        if (isExpired(refused)) {
            return "The worker's credentials for that region have expired. Give it new ones, or a role whose credentials are"
                    + " renewed by themselves.";
        }
        return switch (refused.statusCode()) {
            case FORBIDDEN ->
                "Check the worker's credentials for that region, its clock, and the bucket's policy; an object under"
                        + " Object Lock can be removed only after its time.";
            case REPLACED -> "The object was replaced while it was read. Read it again.";
            case NOT_IMPLEMENTED -> "This store cannot do that; take it out of the policy.";
            case NOT_FOUND -> "Check the bucket's name in the runbook, and that nobody removed the object.";
            default -> "Check the store's health.";
        };
    }

    /** To a question without a body, such as whether a bucket is there, the answer has no body either that could say so. */
    private static boolean isExpired(S3Exception refused) {
        return EXPIRED.contains(code(refused))
                || (refused.statusCode() == BAD_REQUEST && code(refused).equals(WITHOUT_REASON));
    }

    private static boolean isUploadGone(S3Exception refused) {
        return code(refused).equals("NoSuchUpload");
    }

    /** S3 refuses a lock in a bucket that was created without them. */
    private static boolean isWithoutLocks(S3Exception refused) {
        return code(refused).equals("InvalidRequest") || code(refused).equals("ObjectLockConfigurationNotFoundError");
    }

    /** An answer without a body, as proxies give, has no details. */
    private static String code(S3Exception refused) {
        AwsErrorDetails details = refused.awsErrorDetails();
        return details == null || details.errorCode() == null ? WITHOUT_REASON : details.errorCode();
    }
}
