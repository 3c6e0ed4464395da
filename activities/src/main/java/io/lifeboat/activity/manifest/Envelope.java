package io.lifeboat.activity.manifest;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Objects;

/**
 * A signed payload in the form of DSSE 1.0 (github.com/secure-systems-lab/dsse, envelope.md and protocol.md): what is signed is the
 * type and the payload together, so that neither can be exchanged.
 *
 * @param payload in Base64
 */
record Envelope(String payloadType, String payload, List<Signature> signatures) {
    /**
     * @param keyid which key to try; a hint, never trusted
     * @param sig in Base64
     */
    record Signature(String keyid, String sig) {
        Signature {
            Objects.requireNonNull(sig);
        }
    }

    Envelope {
        Objects.requireNonNull(payload);
        signatures = List.copyOf(signatures);
    }

    /** The bytes that are signed: DSSE's pre-authentication encoding. */
    static byte[] signed(String payloadType, byte[] payload) {
        byte[] type = payloadType.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(("DSSEv1 " + type.length + " ").getBytes(StandardCharsets.UTF_8));
        bytes.writeBytes(type);
        bytes.writeBytes((" " + payload.length + " ").getBytes(StandardCharsets.UTF_8));
        bytes.writeBytes(payload);
        return bytes.toByteArray();
    }

    /** The payload's bytes; {@link IllegalArgumentException} where it is not Base64. */
    byte[] payloadBytes() {
        return Base64.getDecoder().decode(payload);
    }
}
