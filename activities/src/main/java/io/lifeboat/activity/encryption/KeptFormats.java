package io.lifeboat.activity.encryption;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;

/** Keys of one data class in several formats: new backups are sealed in one, and those sealed before in the others still open. */
public final class KeptFormats implements Encryption {
    private final Encryption sealing;
    private final List<Encryption> others;

    /** @param others to open with; one format each */
    public KeptFormats(Encryption sealing, List<Encryption> others) {
        this.sealing = sealing;
        this.others = List.copyOf(others);
    }

    @Override
    public String format() {
        return sealing.format();
    }

    @Override
    public List<String> holders() {
        return sealing.holders();
    }

    @Override
    public OutputStream seal(OutputStream sealed) throws IOException {
        return sealing.seal(sealed);
    }

    @Override
    public InputStream open(InputStream sealed) throws IOException {
        return sealing.open(sealed);
    }

    @Override
    public Encryption reachable() throws CannotSealException {
        return sealing.reachable();
    }

    @Override
    public Encryption in(String format) throws NoFittingKeyException {
        for (Encryption other : others) {
            if (other.format().equals(format)) {
                return other;
            }
        }
        return sealing.in(format);
    }
}
