package io.lifeboat.activity.encryption.kms;

import java.io.IOException;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;

/** What a call to a KMS came to, in words. */
final class KmsAnswer {
    private KmsAnswer() {}

    /** Whether the KMS itself is gone, rather than of another opinion, or the worker without credentials. */
    static boolean isMissing(SdkException failure) {
        return failure instanceof AwsServiceException answered
                ? answered.statusCode() >= 500
                : failure instanceof ApiCallTimeoutException || root(failure) instanceof IOException;
    }

    static String words(String region, SdkException failure) {
        String kms = "the KMS of " + region;
        if (failure instanceof AwsServiceException answered) {
            String code = answered.awsErrorDetails() == null
                    ? Integer.toString(answered.statusCode())
                    : answered.awsErrorDetails().errorCode();
            return kms + (isMissing(failure) ? " failed: " : " refused: ") + code;
        }
        if (failure instanceof ApiCallTimeoutException) {
            return kms + " did not answer within " + KmsClients.CALL.toSeconds() + " s";
        }
        Throwable root = root(failure);
        return kms + (isMissing(failure) ? " did not answer (" : " could not be asked (")
                + root.getClass().getSimpleName() + ": " + root.getMessage() + ")";
    }

    private static Throwable root(Throwable failure) {
        Throwable cause = failure.getCause();
        return cause == null || cause == failure ? failure : root(cause);
    }
}
