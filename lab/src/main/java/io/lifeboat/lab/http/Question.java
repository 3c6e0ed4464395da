package io.lifeboat.lab.http;

import java.io.IOException;

/** A request: its method, its path without query, and its body. */
public record Question(String method, String path, String body) {

    /** Method and path, as in {@code "GET /health"}. */
    public String line() {
        return method + " " + path;
    }

    /**
     * The body as {@code type}.
     *
     * @throws BadQuestion when the body is not what the type asks for; the caller is answered 400
     */
    public <T> T as(Class<T> type) {
        try {
            return Json.read(body, type);
        } catch (IOException e) {
            throw new BadQuestion("cannot read the body of " + line() + ": " + e.getMessage(), e);
        }
    }

    /** The caller's mistake, in a sentence for the caller. */
    public static final class BadQuestion extends RuntimeException {
        public BadQuestion(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
