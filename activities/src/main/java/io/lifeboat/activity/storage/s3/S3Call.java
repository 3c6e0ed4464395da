package io.lifeboat.activity.storage.s3;

import io.lifeboat.workflow.FailureType;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Says in our own words why a call of a region's store failed, and whether trying again can help. */
record S3Call(String region) {
    private static final Logger LOG = LoggerFactory.getLogger(S3Call.class);
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;

    <T> T of(String verb, String bucket, String key, Supplier<T> call) {
        String what = "Cannot " + verb + " \"" + key + "\" in bucket \"" + bucket + "\" in " + region + ": ";
        try {
            return call.get();
        } catch (S3Exception refused) {
            throw type(refused.statusCode())
                    .failure(what + "the store answered " + refused.statusCode() + code(refused) + ". "
                            + advice(refused.statusCode()));
        } catch (SdkException failed) {
            throw FailureType.UNAVAILABLE.failure(
                    what + "the store does not answer. Check that it runs and can be reached from the worker.", failed);
        }
    }

    /** For what only tidies up. */
    void quietly(Runnable call) {
        try {
            call.run();
        } catch (SdkException failed) {
            LOG.debug("left for the next run to tidy up", failed);
        }
    }

    private static FailureType type(int status) {
        return switch (status) {
            case FORBIDDEN -> FailureType.PRECONDITION_FAILED;
            case NOT_FOUND -> FailureType.TARGET_NOT_FOUND;
            default -> FailureType.UNAVAILABLE;
        };
    }

    private static String advice(int status) {
        return switch (status) {
            case FORBIDDEN -> "Check the worker's credentials for that region, and the bucket's policy.";
            case NOT_FOUND -> "Check the bucket's name in the runbook, and that nobody removed the object.";
            default -> "Check the store's health.";
        };
    }

    /** An answer without a body, as proxies give, has no details. */
    private static String code(S3Exception refused) {
        AwsErrorDetails details = refused.awsErrorDetails();
        return details == null ? "" : " " + details.errorCode();
    }
}
