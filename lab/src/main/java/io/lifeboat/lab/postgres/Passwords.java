package io.lifeboat.lab.postgres;

import java.security.SecureRandom;
import java.util.HexFormat;

/** Throw-away passwords, of letters and digits only so that they need no quoting anywhere. */
public final class Passwords {

    private static final int BYTES = 16;
    private static final SecureRandom RANDOM = new SecureRandom();

    private Passwords() {}

    public static String make() {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
