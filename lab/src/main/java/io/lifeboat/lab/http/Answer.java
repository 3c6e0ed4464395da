package io.lifeboat.lab.http;

import java.util.Map;

/** A status and what is written as its JSON body. */
public record Answer(int status, Object body) {

    public static Answer ok(Object body) {
        return new Answer(200, body);
    }

    /** An answer whose body is one sentence under {@code error}. */
    public static Answer error(int status, String message) {
        return new Answer(status, Map.of("error", message));
    }

    public static Answer unknown(Question question) {
        return error(404, "nothing here answers " + question.line());
    }
}
