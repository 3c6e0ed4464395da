package io.lifeboat.lab.fault;

import java.nio.charset.StandardCharsets;

/**
 * Something that must not hold a secret.
 *
 * @param characters one for each byte, so that a text is found in what is no text, too
 */
record Searchable(String name, String characters) {
    static Searchable of(String name, String text) {
        return of(name, text.getBytes(StandardCharsets.UTF_8));
    }

    static Searchable of(String name, byte[] bytes) {
        return new Searchable(name, new String(bytes, StandardCharsets.ISO_8859_1));
    }

    boolean contains(String secret) {
        return characters.contains(secret);
    }
}
