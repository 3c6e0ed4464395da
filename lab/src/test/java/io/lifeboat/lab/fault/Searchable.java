package io.lifeboat.lab.fault;

import java.nio.charset.StandardCharsets;

/** Something that must not hold a secret. Bytes become characters one by one, so that a text is found in what is no text, too. */
record Searchable(String name, byte[] bytes) {
    static Searchable of(String name, String text) {
        return new Searchable(name, text.getBytes(StandardCharsets.UTF_8));
    }

    boolean contains(String secret) {
        return new String(bytes, StandardCharsets.ISO_8859_1).contains(secret);
    }
}
