package io.lifeboat.activity.dns.route53;

import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.route53.model.InvalidChangeBatchException;
import software.amazon.awssdk.services.route53.model.Route53Exception;

/**
 * Why Route 53 refused a change batch. It answers in two forms, and the SDK knows only the general one as {@link
 * InvalidChangeBatchException}; the other has a root element of its own with a list of messages.
 */
final class ChangeRefusal {
    private static final String OWN_FORM = "<InvalidChangeBatch";
    private static final Pattern MESSAGE = Pattern.compile("<Message>(.*?)</Message>", Pattern.DOTALL);
    private static final int QUOTED = 400;

    private ChangeRefusal() {}

    /** The provider's sentence, which names records and values of the zone, never credentials; empty where it is another failure. */
    static Optional<String> reason(Route53Exception failure) {
        if (failure.awsErrorDetails() == null) {
            return Optional.empty();
        }
        if (failure instanceof InvalidChangeBatchException) {
            return Optional.of(sentence(failure.awsErrorDetails().errorMessage()));
        }
        String raw = failure.awsErrorDetails().rawResponse() == null
                ? ""
                : failure.awsErrorDetails().rawResponse().asUtf8String();
        return raw.contains(OWN_FORM) ? Optional.of(sentence(messages(raw))) : Optional.empty();
    }

    private static String messages(String raw) {
        return MESSAGE.matcher(raw)
                .results()
                .map((MatchResult message) -> message.group(1))
                .collect(Collectors.joining(" "))
                .replace("&quot;", "\"")
                .replace("&apos;", "'")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&amp;", "&");
    }

    private static String sentence(String text) {
        String line = text.strip().replaceAll("\\s+", " ");
        if (line.isEmpty()) {
            return "it names no reason.";
        }
        String quoted = line.length() <= QUOTED ? line : line.substring(0, QUOTED) + "…";
        return quoted.endsWith(".") ? quoted : quoted + ".";
    }
}
