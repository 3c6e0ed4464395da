package io.lifeboat.activity.encryption.age;

import com.exceptionfactory.jagged.PayloadException;
import com.exceptionfactory.jagged.RecipientStanzaReader;
import com.exceptionfactory.jagged.RecipientStanzaWriter;
import com.exceptionfactory.jagged.UnsupportedRecipientStanzaException;
import com.exceptionfactory.jagged.framework.stream.StandardDecryptingChannelFactory;
import com.exceptionfactory.jagged.framework.stream.StandardEncryptingChannelFactory;
import com.exceptionfactory.jagged.x25519.X25519RecipientStanzaReaderFactory;
import com.exceptionfactory.jagged.x25519.X25519RecipientStanzaWriterFactory;
import io.lifeboat.activity.encryption.CannotOpenException;
import io.lifeboat.activity.encryption.Encryption;
import io.lifeboat.activity.encryption.NoFittingKeyException;
import java.io.BufferedOutputStream;
import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** X25519 recipients, one a holder; opened with {@code age -d -i IDENTITY}. */
public final class AgeEncryption implements Encryption {
    private static final int BUFFER = 1 << 18;

    private final Map<String, String> recipients;
    private final List<String> identities;

    /**
     * @param recipients public key ({@code age1...}) of each holder
     * @param identities the secret keys ({@code AGE-SECRET-KEY-1...}) this worker opens with; empty for one that only seals
     */
    public AgeEncryption(Map<String, String> recipients, List<String> identities) {
        this.recipients = new TreeMap<>(recipients);
        this.identities = List.copyOf(identities);
    }

    /** What is wrong with the keys, in words that quote none of them; empty when they can be used. */
    public List<String> faults() {
        List<String> faults = new ArrayList<>();
        recipients.forEach((holder, recipient) -> {
            try {
                writer(holder, recipient);
            } catch (CannotOpenException e) {
                faults.add(String.valueOf(e.getMessage()));
            }
        });
        for (String identity : identities) {
            try {
                reader(identity);
            } catch (CannotOpenException e) {
                faults.add(String.valueOf(e.getMessage()));
            }
        }
        return List.copyOf(faults);
    }

    @Override
    public String format() {
        return "age";
    }

    @Override
    public List<String> holders() {
        return List.copyOf(recipients.keySet());
    }

    @Override
    public OutputStream seal(OutputStream sealed) throws IOException {
        List<RecipientStanzaWriter> writers = new ArrayList<>();
        for (Map.Entry<String, String> recipient : recipients.entrySet()) {
            writers.add(writer(recipient.getKey(), recipient.getValue()));
        }
        try {
            return new BufferedOutputStream(
                    Channels.newOutputStream(new StandardEncryptingChannelFactory()
                            .newEncryptingChannel(Channels.newChannel(new Unclosed(sealed)), writers)),
                    BUFFER);
        } catch (GeneralSecurityException e) {
            throw new CannotOpenException("nothing can be sealed for " + holders(), e);
        }
    }

    @Override
    public InputStream open(InputStream sealed) throws IOException {
        List<RecipientStanzaReader> readers = new ArrayList<>();
        for (String identity : identities) {
            readers.add(reader(identity));
        }
        try {
            return new ReportingChanges(Channels.newInputStream(
                    new StandardDecryptingChannelFactory().newDecryptingChannel(Channels.newChannel(sealed), readers)));
        } catch (UnsupportedRecipientStanzaException e) {
            throw new NoFittingKeyException("none of the worker's age identities is one of its holders", e);
        } catch (GeneralSecurityException | PayloadException e) {
            throw new CannotOpenException("it is not what was sealed", e);
        }
    }

    /** The decoder's own words quote the key, which may be a secret one in the wrong place. */
    private static RecipientStanzaWriter writer(String holder, String recipient) throws CannotOpenException {
        try {
            return X25519RecipientStanzaWriterFactory.newRecipientStanzaWriter(recipient);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new CannotOpenException("the recipient of \"" + holder + "\" is no age public key (age1...)");
        }
    }

    private static RecipientStanzaReader reader(String identity) throws CannotOpenException {
        try {
            return X25519RecipientStanzaReaderFactory.newRecipientStanzaReader(identity);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new CannotOpenException("one of the worker's age identities is none (AGE-SECRET-KEY-1...)");
        }
    }

    /** Says in our own words that a chunk is not what was sealed. */
    private static final class ReportingChanges extends FilterInputStream {
        ReportingChanges(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            try {
                return in.read(bytes, offset, length);
            } catch (PayloadException e) {
                throw new CannotOpenException("a part of it is missing or is not what was sealed", e);
            }
        }
    }

    private static final class Unclosed extends FilterOutputStream {
        Unclosed(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }
}
