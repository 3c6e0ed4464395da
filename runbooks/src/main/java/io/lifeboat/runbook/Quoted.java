package io.lifeboat.runbook;

import java.util.Collection;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Puts words of a file into a message: in quotes, short, and never when they may be a secret. */
final class Quoted {
    private static final int MAX_LENGTH = 60;

    /** What is left of a URI with a password when a slip of the keyboard took its scheme. */
    private static final Pattern USER_AND_PASSWORD = Pattern.compile(":[^\\s/]*@");

    private Quoted() {}

    static String text(String text) {
        if (LiteralSecret.in(text).isPresent()
                || USER_AND_PASSWORD.matcher(text).find()) {
            return "(not shown: it may be a secret)";
        }
        String oneLine = text.replaceAll("\\p{Cntrl}+", " ");
        return '"' + (oneLine.length() > MAX_LENGTH ? oneLine.substring(0, MAX_LENGTH) + "..." : oneLine) + '"';
    }

    static String all(Collection<String> words) {
        return words.stream().map(Quoted::text).collect(Collectors.joining(", "));
    }
}
